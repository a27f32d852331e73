package import Timing

/// What all pictures of a video have in common: everything an encoder has to be told besides the pixels.
package struct PictureFormat: Hashable, Sendable {
  /// Displayed size in pixels, after rotation.
  package var width: Int
  package var height: Int
  /// Width to height of one pixel, after rotation; nil where the file does not say.
  package var sampleAspectRatio: Rational?
  /// Unit of the presentation times, in seconds.
  package var timeBase: Rational
  /// Average; nil where unknown. Never used to compute times.
  package var frameRate: Rational?
  package var colour: ColourTags

  package init(
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
package struct ColourTags: Hashable, Sendable {
  package static let unspecified = 2

  package var primaries: Int
  package var transfer: Int
  package var matrix: Int
  package var isFullRange: Bool
  /// Where chroma samples lie, as FFmpeg's `AVChromaLocation`; 0 is "unspecified".
  package var chromaLocation: Int

  package init(
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
