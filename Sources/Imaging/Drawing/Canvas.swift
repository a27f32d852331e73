/// A picture that can be drawn on.
public protocol Canvas: Sendable {
  var width: Int { get }
  var height: Int { get }

  /// Blends a colour over the pixels that the mask covers. Pixels that it does not cover keep every bit.
  /// - Precondition: The mask is as large as the picture.
  mutating func fill(_ mask: CoverageMask, with colour: Colour)

  /// Replaces what the mask covers by the averages of `cells` × `cells` fields over the mask's extent, smoothly joined:
  /// nothing finer can be recovered from the result.
  /// - Precondition: The mask is as large as the picture.
  mutating func obscure(_ mask: CoverageMask, cells: Int)
}

extension Canvas {
  /// Draws one shape with a mask of its own. Where much is drawn, one mask filled again is faster.
  public mutating func draw(_ shape: Shape, colour: Colour) {
    var mask = CoverageMask(width: width, height: height)
    mask.add(shape)
    fill(mask, with: colour)
  }
}
