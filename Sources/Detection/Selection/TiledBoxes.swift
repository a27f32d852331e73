internal import Imaging
package import Pose

/// A detector that looks at the whole frame and, for small people, at overlapping parts of it too (Akyon et al., Slicing Aided
/// Hyper Inference, 2022).
///
/// Who is cut by the border of a part is seen whole in another or in the whole frame: such boxes count only where no whole one covers
/// them.
package final class TiledBoxes: BoxProvider {
  /// How a frame is cut.
  package struct Grid: Hashable, Sendable, Codable {
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) {
      self.columns = columns
      self.rows = rows
    }
  }

  private let detector: any BoxProvider
  private let grid: Grid

  /// What neighbouring parts share, as a part of their size.
  private static let overlap = 0.25
  /// Of two boxes that overlap more, one is dropped.
  private static let suppressionThreshold = 0.6
  /// A box that is cut is dropped where so much of it lies in another one.
  private static let coveredPart = 0.6
  /// A box that comes so near to the inner border of its part, in pixels, is cut.
  private static let border = 2.0

  package init(detector: any BoxProvider, grid: Grid) {
    self.detector = detector
    self.grid = grid
  }

  package func boxes(in frame: FrameView) throws -> [ScoredBox] {
    let picture = frame.picture.image
    var whole = try detector.boxes(in: frame)
    var cut: [ScoredBox] = []
    for (left, width) in Self.spans(picture.width, grid.columns) {
      for (top, height) in Self.spans(picture.height, grid.rows) {
        let part = FrameView(
          index: frame.index, picture: .rgb(picture.part(x: left, y: top, width: width, height: height)),
          name: frame.name)
        for box in try detector.boxes(in: part) {
          let isCut =
            left > 0 && box.box.x < Self.border || top > 0 && box.box.y < Self.border
            || left + width < picture.width && box.box.maxX > Double(width) - Self.border
            || top + height < picture.height && box.box.maxY > Double(height) - Self.border
          var moved = box
          moved.box.x += Double(left)
          moved.box.y += Double(top)
          if isCut { cut.append(moved) } else { whole.append(moved) }
        }
      }
    }
    var kept = NonMaximumSuppression.boxes(whole, threshold: Self.suppressionThreshold).map { whole[$0] }
    for box in cut.bestFirst where !kept.contains(where: { $0.box.covers(Self.coveredPart, of: box.box) }) {
      kept.append(box)
    }
    return kept.bestFirst
  }

  /// Where parts of equal size begin, and that size.
  static func spans(_ size: Int, _ count: Int) -> [(start: Int, size: Int)] {
    let length = Double(size) / (Double(count) - Double(count - 1) * overlap)
    return (0..<count).map { index in
      let start = Int((Double(index) * length * (1 - overlap)).rounded(.down))
      return (start, index == count - 1 ? size - start : min(size - start, Int(length.rounded(.up))))
    }
  }
}

extension Box {
  fileprivate func covers(_ part: Double, of other: Box) -> Bool {
    let width = min(maxX, other.maxX) - max(x, other.x)
    let height = min(maxY, other.maxY) - max(y, other.y)
    return width > 0 && height > 0 && width * height >= part * other.area
  }
}

extension Image {
  fileprivate func part(x: Int, y: Int, width: Int, height: Int) -> Image {
    var part: [UInt8] = []
    part.reserveCapacity(width * height * 3)
    for row in y..<y + height {
      let start = (row * self.width + x) * 3
      part += pixels[start..<start + width * 3]
    }
    return Image(width: width, height: height, pixels: part)
  }
}
