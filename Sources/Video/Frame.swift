public import Imaging
public import Timing

/// One decoded picture, upright, with its place in the video.
public struct Frame: Sendable {
  /// Counted from 0 over all frames of the stream, also those that a stride or a start time leaves out.
  public var index: Int
  public var time: MediaTime
  /// How long the picture is shown, in the unit of ``time``; nil where the file does not say.
  public var duration: MediaTime?
  /// The picture to look at; 0 × 0 where the reader was asked to leave it out.
  public var picture: Picture
  /// The picture to draw on and to encode; nil where the reader was not asked for it.
  public var planar: PlanarImage?
  /// The file it came from where the source is a directory of images.
  public var name: String?

  public init(
    index: Int, time: MediaTime, duration: MediaTime? = nil, picture: Picture, planar: PlanarImage? = nil,
    name: String? = nil
  ) {
    self.index = index
    self.time = time
    self.duration = duration
    self.picture = picture
    self.planar = planar
    self.name = name
  }
}
