private import Imaging
package import Pose

/// Which boxes count: those whose centre lies in a part of the frame, that are not mostly where nobody is to be looked for, and that
/// are high enough.
package struct BoxSelection: Hashable, Sendable {
  /// In pixels of the frame.
  package var region: Box?
  package var ignored: IgnoreMask?
  /// In pixels of the frame.
  package var minimumHeight: Double?

  package init(region: Box? = nil, ignored: IgnoreMask? = nil, minimumHeight: Double? = nil) {
    self.region = region
    self.ignored = ignored
    self.minimumHeight = minimumHeight
  }

  /// A box with more than this part of its area in the mask is left out.
  private static let largestIgnoredPart = 0.5

  func contains(_ box: Box) -> Bool {
    if let minimumHeight, box.height < minimumHeight { return false }
    if let region {
      let center = box.center
      guard center.x >= region.x, center.x < region.maxX, center.y >= region.y, center.y < region.maxY else {
        return false
      }
    }
    return ignored.map { $0.part(of: box) <= Self.largestIgnoredPart } ?? true
  }
}

/// Pixels of a frame where nobody is looked for.
package struct IgnoreMask: Hashable, Sendable {
  package let width: Int
  package let height: Int
  /// The number of ignored pixels above and to the left of each corner of a pixel, (width + 1) × (height + 1).
  private let sums: [Int32]

  /// - Parameter isIgnored: says it of a pixel by x and y.
  package init(width: Int, height: Int, isIgnored: (Int, Int) -> Bool) {
    self.width = width
    self.height = height
    var sums = [Int32](repeating: 0, count: (width + 1) * (height + 1))
    for y in 0..<height {
      var row: Int32 = 0
      for x in 0..<width {
        row += isIgnored(x, y) ? 1 : 0
        sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row
      }
    }
    self.sums = sums
  }

  /// The ignored part of the pixels that the box covers, 0…1; what lies outside is not ignored.
  func part(of box: Box) -> Double {
    func clamped(_ value: Double, _ limit: Int) -> Int { Int(min(max(value.rounded(), 0), Double(limit))) }
    let (left, right) = (clamped(box.x, width), clamped(box.maxX, width))
    let (top, bottom) = (clamped(box.y, height), clamped(box.maxY, height))
    guard right > left, bottom > top else { return 0 }
    func sum(_ x: Int, _ y: Int) -> Int32 { sums[y * (width + 1) + x] }
    let count = sum(right, bottom) - sum(left, bottom) - sum(right, top) + sum(left, top)
    return Double(count) / max(box.area, 1)
  }
}

/// The boxes of another provider that count.
package final class SelectedBoxes: BoxProvider {
  private let provider: any BoxProvider
  private let selection: BoxSelection

  package init(_ provider: any BoxProvider, selection: BoxSelection) {
    self.provider = provider
    self.selection = selection
  }

  /// Throws `DetectionError` where the mask or the region does not fit the frame.
  package func boxes(in frame: FrameView) throws -> [ScoredBox] {
    let (width, height) = (frame.picture.width, frame.picture.height)
    if let mask = selection.ignored, (mask.width, mask.height) != (width, height) {
      throw DetectionError(
        "the mask of what is ignored has \(mask.width)×\(mask.height) pixels, the frames have \(width)×\(height): give one of "
          + "their size")
    }
    if let region = selection.region, region.x >= Double(width) || region.y >= Double(height) {
      throw DetectionError("the region lies outside of the frames of \(width)×\(height) pixels")
    }
    return try provider.boxes(in: frame).filter { selection.contains($0.box) }
  }

  package var followsPoses: Bool { provider.followsPoses }

  package func startsAfresh(at index: Int, after previous: Int) -> Bool {
    provider.startsAfresh(at: index, after: previous)
  }

  package func observe(_ poses: [TrackedPose]) { provider.observe(poses) }
}
