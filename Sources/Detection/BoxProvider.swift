package import Imaging
package import Pose

/// What a box provider gets to see of a frame.
package struct FrameView: Sendable {
  /// Counted from 0 over all frames of the stream.
  package var index: Int
  package var picture: Picture
  /// The file name where the source is a directory of images.
  package var name: String?
  /// Whether the picture has nothing to do with the one before.
  package var beginsShot: Bool

  package init(index: Int, picture: Picture, name: String? = nil, beginsShot: Bool = false) {
    self.index = index
    self.picture = picture
    self.name = name
    self.beginsShot = beginsShot
  }
}

/// Says where people are in a frame. Frames come in order; boxes are in pixels of the frame, best first.
package protocol BoxProvider: AnyObject {
  func boxes(in frame: FrameView) throws -> [ScoredBox]

  /// Whether the boxes of a frame depend on the tracked poses of the frame before, so that `observe` has to be called in
  /// between.
  var followsPoses: Bool { get }

  /// Whether the boxes of frame `index`, which comes after frame `previous`, depend on nothing before it.
  func startsAfresh(at index: Int, after previous: Int) -> Bool

  /// Takes the tracked poses of the frame whose boxes were asked for last; where they are followed by optical flow, moved to the
  /// next frame.
  func observe(_ poses: [TrackedPose])
}

extension BoxProvider {
  package var followsPoses: Bool { false }
  package func startsAfresh(at index: Int, after previous: Int) -> Bool { true }
  package func observe(_ poses: [TrackedPose]) {}
}
