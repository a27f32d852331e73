internal import CKernels

/// A picture in several sizes, each half of the one before, with a border that mirrors it: what flow is looked for in.
package struct FlowPyramid: Sendable {
  /// Of the picture itself first.
  let levels: [Level]

  /// One size of the picture, whose border is wide enough for every window that touches it.
  struct Level: Sendable {
    let width: Int
    let height: Int
    fileprivate let padded: Plane

    fileprivate static let margin = (left: 32, top: 32, right: 48, bottom: 32)
    private static var sides: Int { margin.left + margin.right }

    /// - Parameter fill: Writes the rows of the picture, `stride` apart.
    fileprivate init(width: Int, height: Int, fill: (_ pixels: UnsafeMutablePointer<UInt8>, _ stride: Int) -> Void) {
      (self.width, self.height) = (width, height)
      let margin = Self.margin
      padded = Plane(width: width + Self.sides, height: height + margin.top + margin.bottom) { pixels, stride in
        let first = pixels + margin.top * stride + margin.left
        fill(first, stride)
        for row in 0..<height {
          let line = first + row * stride
          for x in 1...margin.left { line[-x] = line[Self.mirrored(-x, width)] }
          for x in width..<width + margin.right { line[x] = line[Self.mirrored(x, width)] }
        }
        for row in Array(-margin.top..<0) + Array(height..<height + margin.bottom) {
          let source = first + Self.mirrored(row, height) * stride - margin.left
          (first + row * stride - margin.left).update(from: source, count: width + Self.sides)
        }
      }
    }

    /// Reads the rows, `stride` apart, from the first pixel of the picture on.
    func withPixels<Result>(_ body: (_ pixels: UnsafePointer<UInt8>, _ stride: Int) -> Result) -> Result {
      padded.withPixels { pixels, stride in body(pixels + Self.margin.top * stride + Self.margin.left, stride) }
    }

    /// The place in 0..<count that mirrors one outside; the first and the last are not repeated.
    private static func mirrored(_ place: Int, _ count: Int) -> Int {
      guard count > 1 else { return 0 }
      let period = 2 * (count - 1)
      let inPeriod = ((place % period) + period) % period
      return min(inPeriod, period - inPeriod)
    }

    fileprivate func halved() -> Level {
      let (newWidth, newHeight) = ((width + 1) / 2, (height + 1) / 2)
      return Level(width: newWidth, height: newHeight) { target, targetStride in
        withPixels { source, stride in
          withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 2 * newWidth + 4) { sums in
            for row in 0..<newHeight {
              let middle = source + 2 * row * stride
              let rows: [UnsafePointer<UInt8>?] = (-2...2).map { middle + $0 * stride }
              Self.kernels.halve_rows(rows, sums.baseAddress, target + row * targetStride, newWidth)
            }
          }
        }
      }
    }

    private static let kernels = ck_kernels(ck_level()).flow
  }

  /// Sizes of which a side would be no larger than a window of the flow are left out, but for the first.
  package init(_ luma: Plane, levels count: Int = 4) {
    precondition(luma.width > 0 && luma.height > 0, "a picture has pixels")
    var levels = [
      Level(width: luma.width, height: luma.height) { target, targetStride in
        luma.withPixels { source, stride in
          for row in 0..<luma.height {
            (target + row * targetStride).update(from: source + row * stride, count: luma.width)
          }
        }
      }
    ]
    while levels.count < count, let last = levels.last,
      min((last.width + 1) / 2, (last.height + 1) / 2) > LucasKanade.window
    {
      levels.append(last.halved())
    }
    self.levels = levels
  }
}
