/// 8-bit RGB pixels, interleaved, rows packed without padding.
public struct Image: Hashable, Sendable {
  public let width: Int
  public let height: Int
  /// `height` × `width` × 3 bytes: R, G, B.
  public var pixels: [UInt8]

  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(pixels.count == width * height * 3, "an image holds three bytes a pixel")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  public init(width: Int, height: Int) {
    self.init(width: width, height: height, pixels: [UInt8](repeating: 0, count: width * height * 3))
  }
}
