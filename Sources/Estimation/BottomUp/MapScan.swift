/// Maps are gone through sixteen pixels at a time, since a picture has millions of them.
extension UnsafeBufferPointer<Float> {
  private typealias Pixels = SIMD16<Float>

  /// The highest pixel of a rectangle of a map.
  func highest(rows: Range<Int>, columns: Range<Int>, width: Int) -> Float {
    var (pixels, highest) = (Pixels(repeating: -.infinity), -Float.infinity)
    for y in rows {
      var x = y * width + columns.lowerBound
      let end = y * width + columns.upperBound
      while x + Pixels.scalarCount <= end {
        let next = self.pixels(at: x)
        pixels.replace(with: next, where: next .> pixels)
        x += Pixels.scalarCount
      }
      while x < end {
        highest = Swift.max(highest, self[x])
        x += 1
      }
    }
    return Swift.max(highest, pixels.max())
  }

  /// The places of pixels above a threshold.
  func places(above threshold: Double) -> [Int] {
    // No number of this precision lies between the two.
    let limit = Double(Float(threshold)) > threshold ? Float(threshold).nextDown : Float(threshold)
    var (places, index): ([Int], Int) = ([], 0)
    while index + Pixels.scalarCount <= count {
      if any(pixels(at: index) .> limit) {
        places += (index..<index + Pixels.scalarCount).filter { self[$0] > limit }
      }
      index += Pixels.scalarCount
    }
    return places + (index..<count).filter { self[$0] > limit }
  }

  @inline(__always)
  private func pixels(at index: Int) -> Pixels {
    UnsafeRawPointer(baseAddress! + index).loadUnaligned(as: Pixels.self)
  }
}
