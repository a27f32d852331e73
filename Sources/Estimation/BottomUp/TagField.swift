/// The tags of every joint at every pixel of the maps that people are read from. They are not enlarged: a tag is interpolated
/// where it is asked for.
struct TagField: Sendable {
  /// A map a joint for each dimension of the tags, all of one size: one of the picture, and in a flip test one of its mirror image.
  let dimensions: [PredictionMaps]
  let columns: ScalingTaps
  let rows: ScalingTaps

  init(_ dimensions: [PredictionMaps], width: Int, height: Int, alignsCorners: Bool) {
    self.dimensions = dimensions
    columns = ScalingTaps(from: dimensions[0].width, to: width, alignsCorners: alignsCorners)
    rows = ScalingTaps(from: dimensions[0].height, to: height, alignsCorners: alignsCorners)
  }

  /// The tag of a joint at a pixel, a number a dimension.
  func tag(_ joint: Int, x: Int, y: Int) -> [Float] {
    dimensions.map { maps in maps.withMap(joint) { value($0, maps.width, x: x, y: y) } }
  }

  /// One number of a tag, out of the map of its joint and dimension.
  @inline(__always)
  func value(_ map: UnsafeBufferPointer<Float>, _ width: Int, x: Int, y: Int) -> Float {
    let (upper, lower) = (rows.first[y] * width, rows.second[y] * width)
    let (left, right) = (columns.first[x], columns.second[x])
    let (down, across) = (rows.weight[y], columns.weight[x])
    let above = map[upper + left] * (1 - across) + map[upper + right] * across
    let below = map[lower + left] * (1 - across) + map[lower + right] * across
    return above * (1 - down) + below * down
  }
}

extension [[Float]] {
  /// The mean of vectors of one length.
  var mean: [Float] {
    var sum = [Float](repeating: 0, count: first?.count ?? 0)
    for vector in self {
      for index in sum.indices { sum[index] += vector[index] }
    }
    return sum.map { $0 / Float(count) }
  }
}
