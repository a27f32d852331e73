/// An 8-bit YUV 4:2:0 picture, the form that videos are stored in. Drawing on it, instead of on RGB,
/// leaves every pixel that is not drawn on exactly as it was decoded.
public struct PlanarImage: Hashable, Sendable {
  public enum Matrix: Hashable, Sendable { case bt601, bt709, bt2020 }

  public let width: Int
  public let height: Int
  public let matrix: Matrix
  /// Whether luma uses 0…255 rather than 16…235.
  public let isFullRange: Bool
  /// `height` × `width` bytes.
  public var luma: [UInt8]
  /// `(height + 1) / 2` × `(width + 1) / 2` bytes each.
  public var blueChroma: [UInt8]
  public var redChroma: [UInt8]

  public var chromaWidth: Int { (width + 1) / 2 }
  public var chromaHeight: Int { (height + 1) / 2 }

  public init(
    width: Int, height: Int, matrix: Matrix, isFullRange: Bool, luma: [UInt8], blueChroma: [UInt8], redChroma: [UInt8]
  ) {
    self.width = width
    self.height = height
    self.matrix = matrix
    self.isFullRange = isFullRange
    self.luma = luma
    self.blueChroma = blueChroma
    self.redChroma = redChroma
  }
}
