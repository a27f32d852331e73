/// A place where a joint of somebody may be.
struct Candidate: Sendable {
  var x: Int
  var y: Int
  var value: Float
  var tag: [Float]

  var keypoint: MapKeypoint { MapKeypoint(x: Float(x), y: Float(y), score: value) }
}

extension PeopleMaps {
  /// For every joint the highest peaks above `threshold`, the highest first.
  func candidates(kernel: Int, threshold: Double, count: Int) -> [[Candidate]] {
    Parallel.map(heatmaps.channels) { joint in
      heatmaps.withMap(joint) { map in
        let peaks = map.places(above: threshold).filter { map.isPeak($0, width: heatmaps.width, kernel: kernel) }
        let highest = peaks.sorted { (map[$1], $0) < (map[$0], $1) }.prefix(count)
        return highest.map { index in
          let (y, x) = index.quotientAndRemainder(dividingBy: heatmaps.width)
          return Candidate(x: x, y: y, value: map[index], tag: tags.tag(joint, x: x, y: y))
        }
      }
    }
  }
}

extension PredictionMaps {
  /// The maps with 0 wherever there is no peak.
  func suppressed(kernel: Int) -> PredictionMaps {
    var result = self
    for channel in 0..<channels {
      withMap(channel) { map in
        for index in map.indices where !map.isPeak(index, width: width, kernel: kernel) {
          result.values[channel * map.count + index] = 0
        }
      }
    }
    return result
  }
}

extension UnsafeBufferPointer<Float> {
  /// Whether no pixel of the square of `kernel`² around this one is higher.
  func isPeak(_ index: Int, width: Int, kernel: Int) -> Bool {
    let radius = kernel / 2
    let (y, x) = index.quotientAndRemainder(dividingBy: width)
    let value = self[index]
    for row in Swift.max(y - radius, 0)...Swift.min(y + radius, count / width - 1) {
      for column in Swift.max(x - radius, 0)...Swift.min(x + radius, width - 1) where self[row * width + column] > value
      {
        return false
      }
    }
    return true
  }
}
