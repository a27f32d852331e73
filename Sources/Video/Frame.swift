public import Imaging
public import Pose

/// One decoded picture, upright, with its place in the video.
public struct Frame: Sendable {
  /// Counted from 0 over all frames of the stream, also those that a stride or a start time leaves out.
  public var index: Int
  public var time: MediaTime
  public var image: Image
  /// The same picture as it is drawn on and encoded; nil where the reader was not asked for it.
  public var planar: PlanarImage?
  /// The file it came from where the source is a directory of images.
  public var name: String?

  public init(index: Int, time: MediaTime, image: Image, planar: PlanarImage? = nil, name: String? = nil) {
    self.index = index
    self.time = time
    self.image = image
    self.planar = planar
    self.name = name
  }
}
