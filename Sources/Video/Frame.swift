package import Imaging
package import Timing

/// One decoded picture, upright, with its place in the video.
package struct Frame: Sendable {
  /// Counted from 0 over all frames of the stream, also those that a stride or a start time leaves out.
  package var index: Int
  package var time: MediaTime
  /// How long the picture is shown, in the unit of ``time``; nil where the file does not say.
  package var duration: MediaTime?
  /// The picture to look at; 0 × 0 where the reader was asked to leave it out.
  package var picture: Picture
  /// Size of the picture in pixels, also where it is left out.
  package var width: Int
  package var height: Int
  /// The picture to draw on and to encode; nil where the reader was not asked for it.
  package var planar: PlanarImage?
  /// Where the picture lies in ``planar``; nil where the two have the same pixels.
  package var placement: Placement?
  /// How the frame given before moves to this one, as the encoder saw it; nil where the file does not say.
  package var motion: MotionPath?
  /// The file it came from where the source is a directory of images.
  package var name: String?
  /// Whether the picture begins a shot; nil where nobody has looked.
  package var beginsShot: Bool?

  package init(
    index: Int, time: MediaTime, duration: MediaTime? = nil, picture: Picture, width: Int? = nil, height: Int? = nil,
    planar: PlanarImage? = nil, placement: Placement? = nil, motion: MotionPath? = nil, name: String? = nil
  ) {
    self.index = index
    self.time = time
    self.duration = duration
    self.picture = picture
    self.width = width ?? picture.width
    self.height = height ?? picture.height
    self.planar = planar
    self.placement = placement
    self.motion = motion
    self.name = name
  }
}
