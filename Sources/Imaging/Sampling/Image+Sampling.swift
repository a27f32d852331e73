extension Image {
  /// Samples the picture bilinearly on an axis-aligned grid, rounds to whole levels as a published pipeline's 8-bit crop
  /// does, and writes scaled planes. One pass: the crop itself never exists.
  ///
  /// `planes` points to the first sample; rows are `rowStride` floats apart, the three planes `planeStride`. Exact float
  /// arithmetic; OpenCV 5's `warpAffine` and `resize` agree to one level.
  public func sample(
    columns: SamplingAxis, rows: SamplingAxis, border: SamplingBorder, scaling: PixelScaling,
    into planes: UnsafeMutablePointer<Float>, rowStride: Int, planeStride: Int
  ) {
    let columnTaps = SamplingTaps(columns, size: width, border: border)
    let rowTaps = SamplingTaps(rows, size: height, border: border)
    let isEmpty = columnTaps.range.isEmpty || rowTaps.range.isEmpty
    let channelOffsets = scaling.reversesChannels ? [2, 1, 0] : [0, 1, 2]
    var mean = SIMD4<Float>(repeating: 0)
    var deviation = SIMD4<Float>(repeating: 1)
    for plane in 0..<3 {
      mean[channelOffsets[plane]] = scaling.mean[plane]
      deviation[channelOffsets[plane]] = scaling.deviation[plane]
    }
    let output = (
      planes + planeStride * channelOffsets[0], planes + planeStride * channelOffsets[1],
      planes + planeStride * channelOffsets[2]
    )
    let firstByte = columnTaps.range.lowerBound * 3
    let byteCount = columnTaps.range.count * 3
    pixels.withUnsafeBufferPointer { source in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: byteCount + 4) { line in
        line.initialize(repeating: 0)
        let line = UnsafeMutableBufferPointer(rebasing: line[...]).baseAddress!
        for row in 0..<rows.count {
          let upper = rowTaps.firstWeight[row]
          let lower = rowTaps.secondWeight[row]
          if !isEmpty {
            let first = source.baseAddress! + Int(rowTaps.first[row]) * width * 3 + firstByte
            let second = source.baseAddress! + Int(rowTaps.second[row]) * width * 3 + firstByte
            for index in 0..<byteCount {
              line[index] = Float(first[index]) * upper + Float(second[index]) * lower
            }
          }
          Self.sampleLine(
            line, firstColumn: columnTaps.range.lowerBound, columnTaps, scale: scaling.scale, mean: mean,
            deviation: deviation,
            into: (output.0 + row * rowStride, output.1 + row * rowStride, output.2 + row * rowStride))
        }
      }
    }
  }

  /// Across one line that holds R, G, B of the source from `firstColumn` on, already blended vertically, with one float
  /// to spare behind.
  private static func sampleLine(
    _ line: UnsafePointer<Float>, firstColumn: Int, _ taps: SamplingTaps, scale: Float, mean: SIMD4<Float>,
    deviation: SIMD4<Float>,
    into output: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>)
  ) {
    // Adding and taking off 1.5 · 2^23 rounds a float to the nearest integer, ties to even.
    let rounder = SIMD4<Float>(repeating: 12_582_912)
    let bytes = UnsafeRawPointer(line)
    taps.first.withUnsafeBufferPointer { first in
      taps.second.withUnsafeBufferPointer { second in
        taps.firstWeight.withUnsafeBufferPointer { firstWeight in
          taps.secondWeight.withUnsafeBufferPointer { secondWeight in
            for column in 0..<first.count {
              let left = bytes.loadUnaligned(
                fromByteOffset: (Int(first[column]) - firstColumn) &* 12, as: SIMD4<Float>.self)
              let right = bytes.loadUnaligned(
                fromByteOffset: (Int(second[column]) - firstColumn) &* 12, as: SIMD4<Float>.self)
              let blended = left * firstWeight[column] + right * secondWeight[column]
              let level = (blended + rounder) - rounder
              let value = (level * scale - mean) / deviation
              output.0[column] = value.x
              output.1[column] = value.y
              output.2[column] = value.z
            }
          }
        }
      }
    }
  }
}
