public import Timing

/// What all pictures of a video have in common: everything an encoder has to be told besides the pixels.
public struct PictureFormat: Hashable, Sendable {
  /// Displayed size in pixels, after rotation.
  public var width: Int
  public var height: Int
  /// Width to height of one pixel, after rotation; nil where the file does not say.
  public var sampleAspectRatio: Rational?
  /// Unit of the presentation times, in seconds.
  public var timeBase: Rational
  /// Average; nil where unknown. Never used to compute times.
  public var frameRate: Rational?
  public var colour: ColourTags

  public init(
    width: Int, height: Int, sampleAspectRatio: Rational? = nil, timeBase: Rational, frameRate: Rational? = nil,
    colour: ColourTags = ColourTags()
  ) {
    self.width = width
    self.height = height
    self.sampleAspectRatio = sampleAspectRatio
    self.timeBase = timeBase
    self.frameRate = frameRate
    self.colour = colour
  }
}

/// How stored numbers mean colours, by the code points of ITU-T H.273; 2 is "unspecified".
public struct ColourTags: Hashable, Sendable {
  public static let unspecified = 2

  public var primaries: Int
  public var transfer: Int
  public var matrix: Int
  public var isFullRange: Bool
  /// Where chroma samples lie, as FFmpeg's `AVChromaLocation`; 0 is "unspecified".
  public var chromaLocation: Int

  public init(
    primaries: Int = unspecified, transfer: Int = unspecified, matrix: Int = unspecified, isFullRange: Bool = false,
    chromaLocation: Int = 0
  ) {
    self.primaries = primaries
    self.transfer = transfer
    self.matrix = matrix
    self.isFullRange = isFullRange
    self.chromaLocation = chromaLocation
  }
}
