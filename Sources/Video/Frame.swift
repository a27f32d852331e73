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
  /// Size of the picture in pixels, also where it is left out.
  public var width: Int
  public var height: Int
  /// The picture to draw on and to encode; nil where the reader was not asked for it.
  public var planar: PlanarImage?
  /// Where the picture lies in ``planar``; nil where the two have the same pixels.
  public var placement: Placement?
  /// The file it came from where the source is a directory of images.
  public var name: String?

  public init(
    index: Int, time: MediaTime, duration: MediaTime? = nil, picture: Picture, width: Int? = nil, height: Int? = nil,
    planar: PlanarImage? = nil, placement: Placement? = nil, name: String? = nil
  ) {
    self.index = index
    self.time = time
    self.duration = duration
    self.picture = picture
    self.width = width ?? picture.width
    self.height = height ?? picture.height
    self.planar = planar
    self.placement = placement
    self.name = name
  }
}
