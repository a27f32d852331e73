package import Timing

/// What trackers are told of a frame beside its poses.
package struct FrameContext: Hashable, Sendable {
  /// As the recording counts.
  package var index: Int
  /// The presentation time.
  package var time: MediaTime
  /// Of the picture, in pixels; nil where it is not known.
  package var width: Int?
  /// Whether the picture has nothing to do with the one before; nil where nobody has looked.
  package var beginsShot: Bool?

  package init(index: Int = 0, time: MediaTime, width: Int? = nil, beginsShot: Bool? = nil) {
    (self.index, self.time, self.width, self.beginsShot) = (index, time, width, beginsShot)
  }
}
