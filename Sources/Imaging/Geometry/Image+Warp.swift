public import Pose

extension Image {
  /// The part of the picture that `transform` maps into `width` × `height` pixels; black where that lies outside.
  ///
  /// Bilinear with exact interpolation weights, as `warpAffine` of OpenCV 5 with `INTER_LINEAR` and a constant border.
  /// - Parameter transform: From this picture's pixels to those of the result. One that cannot be inverted gives black.
  public func warped(by transform: Affine, width: Int, height: Int) -> Image {
    var result = Image(width: width, height: height)
    result.pixels.withUnsafeMutableBufferPointer {
      warp(by: transform, width: width, rows: 0..<height, into: $0)
    }
    return result
  }

  /// The rows `rows` of `warped(by:width:height:)`, written to the start of `destination`, so that several threads can
  /// share one picture.
  public func warp(
    by transform: Affine, width: Int, rows: Range<Int>, into destination: UnsafeMutableBufferPointer<UInt8>
  ) {
    precondition(destination.count >= rows.count * width * 3, "the destination holds three bytes a pixel")
    guard width > 0, let output = destination.baseAddress else { return }
    output.update(repeating: 0, count: rows.count * width * 3)
    guard self.width > 0, self.height > 0, let inverse = transform.inverse, inverse.isUsable else { return }
    pixels.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      let sampler = BilinearSampler(base: base, width: self.width, height: self.height)
      for (index, y) in rows.enumerated() {
        sampler.fillRow(y, of: output + index * width * 3, count: width, from: inverse)
      }
    }
  }
}

private struct BilinearSampler {
  let base: UnsafePointer<UInt8>
  let width: Int
  let height: Int

  func fillRow(_ y: Int, of output: UnsafeMutablePointer<UInt8>, count: Int, from inverse: Affine) {
    let x = LinearRun(step: inverse.a, start: inverse.b * Double(y) + inverse.c)
    let y = LinearRun(step: inverse.d, start: inverse.e * Double(y) + inverse.f)
    let touched = y.indices(x.indices(0..<count, from: -1, below: Double(width)), from: -1, below: Double(height))
    // All four neighbours inside, and one more pixel in the row, because pixels are read four bytes at a time.
    let inner = y.indices(x.indices(touched, from: 0, below: Double(width - 2)), from: 0, below: Double(height - 1))
    for index in touched.lowerBound..<inner.lowerBound {
      sampleAtBorder(x.value(index), y.value(index), into: output + index * 3)
    }
    for index in inner {
      sampleInside(x.value(index), y.value(index), into: output + index * 3)
    }
    for index in inner.upperBound..<touched.upperBound {
      sampleAtBorder(x.value(index), y.value(index), into: output + index * 3)
    }
  }

  @inline(__always)
  private func sampleInside(_ x: Double, _ y: Double, into output: UnsafeMutablePointer<UInt8>) {
    let column = Int(x)
    let row = Int(y)
    let right = Float(x - Double(column))
    let low = Float(y - Double(row))
    let upper = base + (row * width + column) * 3
    let lower = upper + width * 3
    let topLeft = load(upper)
    let bottomLeft = load(lower)
    let top = topLeft + (load(upper + 3) - topLeft) * right
    let bottom = bottomLeft + (load(lower + 3) - bottomLeft) * right
    let level = (top + (bottom - top) * low) * SIMD4(1, 1 / 256, 1, 0) + Self.rounder
    let bits = unsafeBitCast(level, to: SIMD4<UInt32>.self)
    output[0] = UInt8(truncatingIfNeeded: bits.x)
    output[1] = UInt8(truncatingIfNeeded: bits.y)
    output[2] = UInt8(truncatingIfNeeded: bits.z)
  }

  /// Adding it leaves a float's nearest integer (ties to even) in its low bits.
  private static var rounder: SIMD4<Float> { SIMD4(repeating: 0x1.8p23) }

  /// Red, 256 × green and blue as floats, by planting the bytes in the mantissa of 2^23: processors without
  /// instructions that widen bytes do this several times faster than a conversion.
  @inline(__always)
  private func load(_ pixel: UnsafePointer<UInt8>) -> SIMD4<Float> {
    let word = UnsafeRawPointer(pixel).loadUnaligned(as: UInt32.self)
    let bytes = SIMD4(word, word, word &>> 16, 0) & SIMD4(0xFF, 0xFF00, 0xFF, 0)
    return unsafeBitCast(bytes | 0x4B00_0000, to: SIMD4<Float>.self) - 0x1p23
  }

  private func sampleAtBorder(_ x: Double, _ y: Double, into output: UnsafeMutablePointer<UInt8>) {
    let column = Int(x.rounded(.down))
    let row = Int(y.rounded(.down))
    let right = Float(x - Double(column))
    let low = Float(y - Double(row))
    var sum = SIMD3<Float>(repeating: 0)
    for (row, vertical) in [(row, 1 - low), (row + 1, low)] where row >= 0 && row < height {
      for (column, horizontal) in [(column, 1 - right), (column + 1, right)] where column >= 0 && column < width {
        let pixel = base + (row * width + column) * 3
        sum += SIMD3(Float(pixel[0]), Float(pixel[1]), Float(pixel[2])) * (vertical * horizontal)
      }
    }
    for channel in 0..<3 {
      output[channel] = UInt8(sum[channel].rounded(.toNearestOrEven))
    }
  }
}

/// Values that grow by a step from index to index.
private struct LinearRun {
  let step: Double
  let start: Double

  @inline(__always)
  func value(_ index: Int) -> Double { step * Double(index) + start }

  /// The indices among `range` whose values are at least `lower` and below `upper`: one run, because rounding
  /// keeps the order of the values.
  func indices(_ range: Range<Int>, from lower: Double, below upper: Double) -> Range<Int> {
    let empty = range.lowerBound..<range.lowerBound
    guard lower < upper, !range.isEmpty else { return empty }
    var first = range.lowerBound
    var end = range.upperBound
    if step != 0 {
      let bounds = [(lower - start) / step, (upper - start) / step].sorted()
      let clamped = bounds.map { min(max($0, Double(first) - 2), Double(end) + 2) }
      first = max(first, Int(clamped[0].rounded(.down)) - 1)
      end = min(end, Int(clamped[1].rounded(.up)) + 2)
    }
    let isInside = { (index: Int) in value(index) >= lower && value(index) < upper }
    while first < end, !isInside(first) { first += 1 }
    while first < end, !isInside(end - 1) { end -= 1 }
    return first < end ? first..<end : empty
  }
}

extension Affine {
  /// Whether positions along any picture stay finite.
  fileprivate var isUsable: Bool { [a, b, c, d, e, f].allSatisfy { abs($0) < 1e15 } }
}
