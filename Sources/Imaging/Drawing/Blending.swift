extension Color {
  /// The opacity in 0…255.
  var coverageScale: UInt16 { UInt16((min(max(opacity.isNaN ? 0 : opacity, 0), 1) * 255).rounded()) }
}

/// `value` × `scale` / 255, rounded, of values up to 255.
@inline(__always)
func scaled(_ value: UInt16, by scale: UInt16) -> UInt16 {
  let product = value &* scale &+ 128
  return (product &+ (product &>> 8)) &>> 8
}

/// The level `share` / 255 of the way from `old` to `new`, rounded.
@inline(__always)
func blend(_ old: UInt8, _ new: UInt16, _ share: UInt16) -> UInt8 {
  let sum = UInt16(old) &* (255 &- share) &+ new &* share &+ 128
  return UInt8(truncatingIfNeeded: (sum &+ (sum &>> 8)) &>> 8)
}

extension CoverageMask {
  /// Calls `body` with each row that was touched, its touched columns, and its coverage from column 0 on.
  @inline(__always)
  func forEachRow(_ body: (Int, Range<Int>, UnsafePointer<UInt8>) -> Void) {
    coverage.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for y in rows where !columns[y].isEmpty {
        body(y, columns[y], base + y * width)
      }
    }
  }

  /// The columns and rows that were touched; nil where nothing was.
  var extent: PixelExtent? {
    let touched = rows.filter { !columns[$0].isEmpty }
    guard let first = touched.first, let last = touched.last else { return nil }
    let lower = touched.map { columns[$0].lowerBound }.min() ?? 0
    let upper = touched.map { columns[$0].upperBound }.max() ?? 0
    return PixelExtent(columns: lower..<upper, rows: first..<last + 1)
  }
}

/// A rectangle of whole pixels.
struct PixelExtent {
  var columns: Range<Int>
  var rows: Range<Int>
}
