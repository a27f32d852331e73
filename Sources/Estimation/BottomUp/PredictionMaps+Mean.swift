extension PredictionMaps {
  /// The mean of maps of any sizes, each brought to `width` × `height`.
  static func mean(_ maps: [PredictionMaps], width: Int, height: Int, alignsCorners: Bool) -> PredictionMaps {
    if maps.count == 1, maps[0].width == width, maps[0].height == height { return maps[0] }
    let sources = maps.map { ScaledMaps($0, width: width, height: height, alignsCorners: alignsCorners) }
    let channels = maps[0].channels
    let share = 1 / Float(maps.count)
    let values = [Float](unsafeUninitializedCapacity: channels * height * width) { buffer, count in
      // Every channel writes a part of its own.
      nonisolated(unsafe) let start = buffer.baseAddress!
      Parallel.forEach(channels) { channel in
        let plane = start + channel * height * width
        plane.initialize(repeating: 0, count: height * width)
        for source in sources { source.add(channel, times: share, to: plane) }
      }
      count = channels * height * width
    }
    return PredictionMaps(channels: channels, height: height, width: width, values: values)
  }
}

/// Maps with the way to a larger size.
private struct ScaledMaps: Sendable {
  private let maps: PredictionMaps
  private let columns: ScalingTaps
  private let rows: ScalingTaps

  init(_ maps: PredictionMaps, width: Int, height: Int, alignsCorners: Bool) {
    self.maps = maps
    columns = ScalingTaps(from: maps.width, to: width, alignsCorners: alignsCorners)
    rows = ScalingTaps(from: maps.height, to: height, alignsCorners: alignsCorners)
  }

  /// Adds one map, enlarged, to a plane.
  func add(_ channel: Int, times factor: Float, to plane: UnsafeMutablePointer<Float>) {
    let (height, width) = (rows.first.count, columns.first.count)
    let isWide = width == maps.width
    maps.withMap(channel) { map in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: maps.width) { line in
        for y in 0..<height {
          let upper = map.baseAddress! + rows.first[y] * maps.width
          let lower = map.baseAddress! + rows.second[y] * maps.width
          let (above, below) = ((1 - rows.weight[y]) * factor, rows.weight[y] * factor)
          for x in 0..<maps.width { line[x] = upper[x] * above + lower[x] * below }
          let output = plane + y * width
          if isWide {
            for x in 0..<width { output[x] += line[x] }
          } else {
            spread(line.baseAddress!, to: output, count: width)
          }
        }
      }
    }
  }

  private func spread(_ line: UnsafePointer<Float>, to output: UnsafeMutablePointer<Float>, count: Int) {
    columns.first.withUnsafeBufferPointer { first in
      columns.second.withUnsafeBufferPointer { second in
        columns.weight.withUnsafeBufferPointer { weight in
          for x in 0..<count {
            output[x] += line[first[x]] * (1 - weight[x]) + line[second[x]] * weight[x]
          }
        }
      }
    }
  }
}
