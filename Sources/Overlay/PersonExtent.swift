private import Foundation
package import Pose

extension Pose {
  /// A box that a person lies in, generously: the box of the pose and all joints near it, with a margin for hair, hands, feet and
  /// clothes. nil where nothing is finite.
  package var generousExtent: Box? {
    guard box.x.isFinite, box.y.isFinite, box.maxX.isFinite, box.maxY.isFinite else { return nil }
    let (width, height) = (max(box.width, 0), max(box.height, 0))
    // Guesses of joints that are not seen may lie anywhere.
    let near = Box(
      x: box.x - width / 2, y: box.y - height / 2, width: 2 * width, height: 2 * height)
    let joints = keypoints.compactMap { $0?.point }.filter { near.holds($0) }
    let left = min(box.x, joints.map(\.x).min() ?? box.x)
    let right = max(box.maxX, joints.map(\.x).max() ?? box.maxX)
    let top = min(box.y, joints.map(\.y).min() ?? box.y)
    let bottom = max(box.maxY, joints.map(\.y).max() ?? box.maxY)
    let marginX = 0.15 * max(right - left, 0.4 * (bottom - top))
    let marginY = 0.12 * max(bottom - top, 0.4 * (right - left))
    return Box(
      x: left - marginX, y: top - marginY, width: right - left + 2 * marginX,
      height: bottom - top + 2 * marginY)
  }
}

extension Box {
  fileprivate func holds(_ point: Point) -> Bool {
    point.x >= x && point.x <= maxX && point.y >= y && point.y <= maxY
  }

  /// The smallest box round both.
  package func union(_ other: Box) -> Box {
    let (left, top) = (min(x, other.x), min(y, other.y))
    return Box(
      x: left, y: top, width: max(maxX, other.maxX) - left, height: max(maxY, other.maxY) - top)
  }
}
