internal import Files
internal import Pose

/// How far the boxes of a file reach, which tells whether they are in pixels.
struct BoxExtent {
  private var count = 0
  private var isWithinOne = true

  mutating func see(_ box: Box) {
    guard box.width > 0, box.height > 0 else { return }
    count += 1
    isWithinOne = isWithinOne && min(box.x, box.y) > -0.5 && max(box.maxX, box.maxY) < 1.5
  }

  /// Throws where all boxes lie in 0…1.
  func requirePixels() throws(FileError) {
    guard count > 0, isWithinOne else { return }
    throw FileError(
      .invalid, problem: "all boxes lie within 0…1: they look normalised, where pixels belong",
      remedy: "multiply x and width by the width of the picture, y and height by its height")
  }
}
