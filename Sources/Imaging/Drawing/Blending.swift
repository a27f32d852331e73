internal import CKernels

extension Colour {
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

/// A rectangle of whole pixels.
struct PixelExtent {
  var columns: Range<Int>
  var rows: Range<Int>
}

extension CoverageMask {
  /// Calls `body` with each touched run of pixels in the picture: row, first column, count, and coverage.
  @inline(__always)
  func forEachRun(_ body: (Int, Int, Int, UnsafePointer<UInt8>) -> Void) {
    coverage.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for y in rows {
        TileRun.forEach(in: tiles[y]) { run in
          let first = run.first * tileWidth
          body(y, first, min(run.count * tileWidth, width - first), base + y * stride + first)
        }
      }
    }
  }

  /// Calls `body` with each run of chroma samples that was touched: row, first column, count, and mean coverage.
  @inline(__always)
  func forEachChromaRun(_ body: (Int, Int, Int, UnsafePointer<UInt8>) -> Void) {
    guard !rows.isEmpty else { return }
    coverage.withUnsafeBufferPointer { buffer in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: stride / 2) { means in
        guard let base = buffer.baseAddress, let means = means.baseAddress else { return }
        for y in rows.lowerBound / 2..<(rows.upperBound + 1) / 2 {
          // The last row and column of odd sizes stand for the missing ones.
          let next = min(2 * y + 1, height - 1)
          TileRun.forEach(in: tiles[2 * y] | tiles[next]) { run in
            let first = run.first * tileWidth / 2
            let count = min(run.count * tileWidth / 2, (width + 1) / 2 - first)
            let top = base + 2 * y * stride + 2 * first
            let bottom = base + next * stride + 2 * first
            PixelKernels.widest.halve_coverage(top, bottom, means, count)
            if 2 * (first + count) > width {
              let last = 2 * (count - 1)
              means[count - 1] = UInt8((UInt16(top[last]) + UInt16(bottom[last]) + 1) / 2)
            }
            body(y, first, count, means)
          }
        }
      }
    }
  }

  /// The smallest rectangle that holds every covered pixel; nil where there is none.
  var extent: PixelExtent? {
    var extent: PixelExtent?
    forEachRun { y, first, count, coverage in
      guard let left = (0..<count).first(where: { coverage[$0] > 0 }),
        let right = (0..<count).last(where: { coverage[$0] > 0 })
      else { return }
      let old = extent ?? PixelExtent(columns: first + left..<first + right + 1, rows: y..<y + 1)
      extent = PixelExtent(
        columns: min(old.columns.lowerBound, first + left)..<max(old.columns.upperBound, first + right + 1),
        rows: old.rows.lowerBound..<y + 1)
    }
    return extent
  }
}
