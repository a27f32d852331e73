internal import Files
internal import Pose

/// Pixels to metres in the plane of the picture: X to the right and Y up from its lower left corner, Z 0.
struct MetricScale {
  let metresPerPixel: Double
  let height: Double

  /// Throws where the scale or the height of the picture is not known.
  init(_ metresPerPixel: Double?, _ size: PictureSize?) throws(FileError) {
    guard let metresPerPixel else {
      throw FileError(
        .invalid, problem: "is in metres, and the length of a pixel is not known",
        remedy: "give it with --metres-per-pixel, such as the height of a person divided by theirs in pixels")
    }
    guard let size else {
      throw FileError(
        .invalid, problem: "counts from the lower edge of the picture, whose size is not known",
        remedy: "give it with --size WIDTHxHEIGHT")
    }
    (self.metresPerPixel, height) = (metresPerPixel, Double(size.height))
  }

  func metres(_ point: Point) -> Point { Point(x: point.x * metresPerPixel, y: (height - point.y) * metresPerPixel) }

  func pixels(_ point: Point) -> Point { Point(x: point.x / metresPerPixel, y: height - point.y / metresPerPixel) }
}
