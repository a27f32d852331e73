package import Pose

/// How a person's box is mapped to the input of a top-down network, and keypoints back.
///
/// The box grows by the padding, then its shorter side to the aspect ratio of the input (mmpose `GetBBoxCenterScale`
/// and `TopdownAffine`; the same in 0.x). Classic geometry puts the centre of the box on the centre of the input,
/// UDP's puts the centres of the corner pixels on the edges of the box (Huang et al., "The Devil is in the Details:
/// Delving into Unbiased Data Processing for Human Pose Estimation", 2020).
package struct CropGeometry: Hashable, Sendable {
  package let inputWidth: Int
  package let inputHeight: Int
  package let usesUDP: Bool
  package let center: Point
  /// The size, in pixels of the picture, of what the whole input shows.
  package let scaleWidth: Double
  package let scaleHeight: Double

  /// nil where the box has no positive, finite extent.
  package init?(box: Box, padding: Double, inputWidth: Int, inputHeight: Int, usesUDP: Bool) {
    let width = box.width * padding
    let height = box.height * padding
    guard width > 0, height > 0, box.center.x.isFinite, box.center.y.isFinite, (width * height).isFinite else {
      return nil
    }
    let aspect = Double(inputWidth) / Double(inputHeight)
    self.inputWidth = inputWidth
    self.inputHeight = inputHeight
    self.usesUDP = usesUDP
    center = box.center
    scaleWidth = max(width, height * aspect)
    scaleHeight = max(height, width / aspect)
  }

  /// The warp from the picture to the input.
  package var affine: Affine {
    let margin = usesUDP ? 1.0 : 0.0
    let x = (Double(inputWidth) - margin) / scaleWidth
    let y = (Double(inputHeight) - margin) / scaleHeight
    return usesUDP
      ? Affine(a: x, b: 0, c: x * (scaleWidth / 2 - center.x), d: 0, e: y, f: y * (scaleHeight / 2 - center.y))
      : Affine(
        a: x, b: 0, c: Double(inputWidth) / 2 - x * center.x, d: 0, e: y,
        f: Double(inputHeight) / 2 - y * center.y)
  }

  /// From input pixels, as the codecs give them, to the picture. The same for both geometries, as in mmpose 1.x.
  package func imagePoint(_ point: Point) -> Point {
    Point(
      x: point.x / Double(inputWidth) * scaleWidth + center.x - scaleWidth / 2,
      y: point.y / Double(inputHeight) * scaleHeight + center.y - scaleHeight / 2)
  }
}
