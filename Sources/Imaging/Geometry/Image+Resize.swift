extension Image {
  /// The picture at another size, bilinear without prefiltering: bit for bit `resize` of OpenCV with `INTER_LINEAR`
  /// on bytes, which rounds weights to 1/2048 and averages 2 × 2 pixels where the size is halved exactly.
  public func resized(width newWidth: Int, height newHeight: Int) -> Image {
    var result = Image(width: newWidth, height: newHeight)
    guard width > 0, height > 0, newWidth > 0, newHeight > 0 else { return result }
    if newWidth == width, newHeight == height { return self }
    if newWidth * 2 == width, newHeight * 2 == height { return halved() }
    let columns = ResizeTaps(from: width, to: newWidth, clampsWeights: true)
    let rows = ResizeTaps(from: height, to: newHeight, clampsWeights: false)
    let count = newWidth * 3
    let sourceStride = width * 3
    pixels.withUnsafeBufferPointer { source in
      result.pixels.withUnsafeMutableBufferPointer { output in
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * count) { lines in
          var held = [-1, -1]
          for y in 0..<newHeight {
            let wanted = [rows.first[y], rows.second[y]]
            for row in wanted where !held.contains(row) {
              let slot = wanted.contains(held[0]) ? 1 : 0
              held[slot] = row
              columns.interpolate(source.baseAddress! + row * sourceStride, into: lines.baseAddress! + slot * count)
            }
            let upper = lines.baseAddress! + (held[0] == wanted[0] ? 0 : count)
            let lower = lines.baseAddress! + (held[0] == wanted[1] ? 0 : count)
            blend(
              upper, lower, weights: (rows.firstWeight[y], rows.secondWeight[y]),
              into: output.baseAddress! + y * count, count: count)
          }
        }
      }
    }
    return result
  }

  private func blend(
    _ upper: UnsafePointer<Int32>, _ lower: UnsafePointer<Int32>, weights: (Int32, Int32),
    into output: UnsafeMutablePointer<UInt8>, count: Int
  ) {
    for index in 0..<count {
      let level =
        (((upper[index] >> 4) &* weights.0) >> 16) &+ (((lower[index] >> 4) &* weights.1) >> 16) &+ 2
      output[index] = UInt8(truncatingIfNeeded: level >> 2)
    }
  }

  private func halved() -> Image {
    var result = Image(width: width / 2, height: height / 2)
    let stride = width * 3
    pixels.withUnsafeBufferPointer { source in
      result.pixels.withUnsafeMutableBufferPointer { output in
        for y in 0..<result.height {
          let upper = source.baseAddress! + 2 * y * stride
          let lower = upper + stride
          let line = output.baseAddress! + y * result.width * 3
          for x in 0..<result.width {
            for channel in 0..<3 {
              let left = x * 6 + channel
              let sum = Int(upper[left]) &+ Int(upper[left &+ 3]) &+ Int(lower[left]) &+ Int(lower[left &+ 3])
              line[x * 3 &+ channel] = UInt8(truncatingIfNeeded: (sum &+ 2) >> 2)
            }
          }
        }
      }
    }
    return result
  }
}

/// For each position of the result the two source positions that it lies between, and their weights in 1/2048.
private struct ResizeTaps {
  var first: [Int] = []
  var second: [Int] = []
  var firstWeight: [Int32] = []
  var secondWeight: [Int32] = []

  /// - Parameter clampsWeights: Whether positions past the ends take the whole weight of the last pixel (as columns
  ///   do), rather than two shares of it (as rows do; the shares are rounded one by one).
  init(from source: Int, to target: Int, clampsWeights: Bool) {
    let scale = 1 / (Double(target) / Double(source))
    for index in 0..<target {
      let position = Float((Double(index) + 0.5) * scale - 0.5)
      var base = Int(position.rounded(.down))
      var fraction = position - Float(base)
      if clampsWeights, base < 0 || base >= source - 1 {
        base = min(max(base, 0), source - 1)
        fraction = 0
      }
      first.append(min(max(base, 0), source - 1))
      second.append(min(max(base + 1, 0), source - 1))
      firstWeight.append(Int32(((1 - fraction) * 2048).rounded(.toNearestOrEven)))
      secondWeight.append(Int32((fraction * 2048).rounded(.toNearestOrEven)))
    }
  }

  func interpolate(_ source: UnsafePointer<UInt8>, into output: UnsafeMutablePointer<Int32>) {
    for index in 0..<first.count {
      let left = source + first[index] * 3
      let right = source + second[index] * 3
      let weights = (firstWeight[index], secondWeight[index])
      for channel in 0..<3 {
        output[index * 3 &+ channel] = Int32(left[channel]) &* weights.0 &+ Int32(right[channel]) &* weights.1
      }
    }
  }
}
