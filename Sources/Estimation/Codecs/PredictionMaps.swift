/// One output of a network for one person: `channels` maps of `height` × `width`, row by row. Vectors have height 1.
package struct PredictionMaps: Hashable, Sendable {
  package let channels: Int
  package let height: Int
  package let width: Int
  package var values: [Float]

  package init(channels: Int, height: Int, width: Int, values: [Float]) {
    precondition(values.count == channels * height * width, "as many values as the maps have pixels")
    self.channels = channels
    self.height = height
    self.width = width
    self.values = values
  }

  /// Calls `body` with the pixels of one map.
  func withMap<R>(_ channel: Int, _ body: (UnsafeBufferPointer<Float>) throws -> R) rethrows -> R {
    let size = height * width
    return try values.withUnsafeBufferPointer {
      try body(UnsafeBufferPointer(rebasing: $0[channel * size..<(channel + 1) * size]))
    }
  }

  /// The first highest pixel of a map, or nil where none is above 0 or the highest is infinite: nothing was predicted.
  func peak(_ channel: Int) -> Peak? {
    withMap(channel) { Peak(of: $0, width: width) }
  }
}

/// The first highest pixel of a map.
struct Peak {
  var x: Int
  var y: Int
  var value: Float

  /// NaN pixels never win. nil where nothing is above 0 or the highest is infinite.
  init?(of map: UnsafeBufferPointer<Float>, width: Int) {
    var best: Float = 0
    var index = -1
    for candidate in 0..<map.count where map[candidate] > best {
      best = map[candidate]
      index = candidate
    }
    guard index >= 0, best.isFinite else { return nil }
    x = index % width
    y = index / width
    value = best
  }
}
