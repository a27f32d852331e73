internal import CKernels

extension PlanarImage {
  /// As ``Image/sample(columns:rows:border:scaling:into:rowStride:planeStride:)`` of ``image``, but only what is sampled
  /// becomes colours, after blending and in floats: levels of natural pictures differ by two at most.
  public func sample(
    columns: SamplingAxis, rows: SamplingAxis, border: SamplingBorder, scaling: PixelScaling,
    into planes: UnsafeMutablePointer<Float>, rowStride: Int, planeStride: Int
  ) {
    let columns = SamplingTaps(columns, size: width, border: border)
    let rows = SamplingTaps(rows, size: height, border: border)
    let isEmpty = columns.range.isEmpty || rows.range.isEmpty
    let conversion = YUVConversion(matrix: matrix, isFullRange: isFullRange)
    let kernels = PixelKernels.widest
    // One line of each plane, in floats, of which only the columns needed are filled.
    withUnsafeTemporaryAllocation(of: Float.self, capacity: width + 2 * chromaWidth + 2) { lines in
      lines.initialize(repeating: 0)
      let lumaLine = lines.baseAddress!
      let blueLine = lumaLine + width + 1
      let redLine = blueLine + chromaWidth
      columns.withTaps { taps in
        for row in 0..<rows.first.count {
          if !isEmpty {
            luma.mix(rows, row, zero: conversion.lumaZero, columns: columns.range, into: lumaLine)
            blueChroma.mix(rows, row, zero: 128, halving: columns.range, into: blueLine)
            redChroma.mix(rows, row, zero: 128, halving: columns.range, into: redLine)
          }
          let output = CKColourPlanes(planes + row * rowStride, planeStride: planeStride, scaling)
          kernels.sample_colours(lumaLine, blueLine, redLine, taps, columns.first.count, conversion.factors, output)
        }
      }
    }
  }
}

extension Plane {
  /// Blends the two rows that sample `row` lies between.
  fileprivate func mix(
    _ rows: SamplingTaps, _ row: Int, zero: Float, columns: Range<Int>, scale: Int = 1,
    into line: UnsafeMutablePointer<Float>
  ) {
    withPixels { pixels, stride in
      let start = pixels + columns.lowerBound
      PixelKernels.widest.mix_bytes(
        start + Int(rows.first[row]) / scale * stride, start + Int(rows.second[row]) / scale * stride,
        rows.firstWeight[row], rows.secondWeight[row], zero, line + columns.lowerBound, columns.count)
    }
  }

  /// The same for a plane of chroma, which has one row and column for two of luma.
  fileprivate func mix(
    _ rows: SamplingTaps, _ row: Int, zero: Float, halving columns: Range<Int>, into line: UnsafeMutablePointer<Float>
  ) {
    mix(
      rows, row, zero: zero, columns: columns.lowerBound / 2..<(columns.upperBound + 1) / 2, scale: 2, into: line)
  }
}

extension SamplingTaps {
  fileprivate func withTaps(_ body: (CKTaps) -> Void) {
    first.withUnsafeBufferPointer { first in
      second.withUnsafeBufferPointer { second in
        firstWeight.withUnsafeBufferPointer { firstWeight in
          secondWeight.withUnsafeBufferPointer { secondWeight in
            body(
              CKTaps(
                first: first.baseAddress, second: second.baseAddress, firstWeight: firstWeight.baseAddress,
                secondWeight: secondWeight.baseAddress))
          }
        }
      }
    }
  }
}

extension CKColourPlanes {
  /// - Parameter start: The first sample of the first plane.
  fileprivate init(_ start: UnsafeMutablePointer<Float>, planeStride: Int, _ scaling: PixelScaling) {
    let order = scaling.reversesChannels ? (2, 1, 0) : (0, 1, 2)
    func factor(_ plane: Int) -> Float { scaling.scale / scaling.deviation[plane] }
    func offset(_ plane: Int) -> Float { -scaling.mean[plane] / scaling.deviation[plane] }
    self.init(
      planes: (start + order.0 * planeStride, start + order.1 * planeStride, start + order.2 * planeStride),
      factors: (factor(order.0), factor(order.1), factor(order.2)),
      offsets: (offset(order.0), offset(order.1), offset(order.2)))
  }
}

extension YUVConversion {
  fileprivate var factors: CKColours {
    let luma = 1 / lumaScale
    let redFromRed = 2 * (1 - red) / chromaScale
    let blueFromBlue = 2 * (1 - blue) / chromaScale
    return CKColours(
      luma: luma, redFromRed: redFromRed, greenFromBlue: blue / green * blueFromBlue,
      greenFromRed: red / green * redFromRed, blueFromBlue: blueFromBlue)
  }
}
