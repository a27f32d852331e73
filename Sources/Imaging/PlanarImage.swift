/// An 8-bit YUV 4:2:0 picture, the form that videos are stored in. Drawing on it, instead of on RGB,
/// leaves every pixel that is not drawn on exactly as it was decoded.
public struct PlanarImage: Equatable, Sendable {
  public enum Matrix: Hashable, Sendable { case bt601, bt709, bt2020 }

  public let matrix: Matrix
  /// Whether luma uses 0…255 rather than 16…235.
  public let isFullRange: Bool
  /// `width` × `height` bytes.
  public internal(set) var luma: Plane
  /// Half as wide and high, rounded up.
  public internal(set) var blueChroma: Plane
  public internal(set) var redChroma: Plane

  public var width: Int { luma.width }
  public var height: Int { luma.height }
  public var chromaWidth: Int { (width + 1) / 2 }
  public var chromaHeight: Int { (height + 1) / 2 }

  public init(matrix: Matrix, isFullRange: Bool, luma: Plane, blueChroma: Plane, redChroma: Plane) {
    self.matrix = matrix
    self.isFullRange = isFullRange
    self.luma = luma
    self.blueChroma = blueChroma
    self.redChroma = redChroma
    precondition(
      [blueChroma, redChroma].allSatisfy { $0.width == chromaWidth && $0.height == chromaHeight },
      "chroma has half the size")
  }
}
