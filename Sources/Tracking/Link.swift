package import Imaging
package import Pose

/// What a tracker says of one pose of a frame.
package struct Link: Hashable, Sendable {
  /// The place of the pose among those of the frame.
  package var pose: Int
  /// The number of the track, from 0 in the order in which tracks begin.
  package var track: Int
  /// How much better the link is than the next best one of this pose or this track, 0…1; 1 where there is no other.
  package var margin: Double

  package init(pose: Int, track: Int, margin: Double) {
    (self.pose, self.track, self.margin) = (pose, track, margin)
  }
}

/// Whether a track is somebody, as far as its tracker knows by now.
package enum TrackFate: Hashable, Sendable {
  case open, confirmed
  /// It ended before it was believed.
  case rejected
}

/// Links the poses of one frame after the other. Trackers read no clock and no random numbers: the same poses give the same
/// links, so one that is fed again the frames already done goes on as if it had never stopped.
package protocol FrameTracker: Sendable {
  /// Links the poses of the next frame, in the order of the poses; those that belong to no track are left out.
  ///
  mutating func update(_ poses: [Pose], in frame: FrameContext) -> [Link]

  /// Says that no more frames come.
  mutating func finish()

  /// Whether the tracker took the frame before for the beginning of a shot: nobody goes on there, and all who are there are believed.
  var beganShot: Bool { get }

  /// Moves what is remembered to the next frame, for trackers that look at pictures; called before its poses are linked.
  ///
  /// - Parameters:
  ///   - flow: nil where it is not known, and nobody can be followed.
  ///   - width: Of the next frame, in pixels, as the height.
  /// - Returns: The people of the frame before, where they are to be seen now.
  mutating func carry(by flow: (any OpticalFlow)?, width: Int, height: Int) -> [TrackedPose]

  /// How far the camera has moved the picture since the first frame, as far as that was noticed.
  var cameraShift: Point { get }

  /// What has become of the tracks of earlier links.
  func fate(of track: Int) -> TrackFate
}

extension FrameTracker {
  package mutating func finish() {}

  package var beganShot: Bool { false }

  package mutating func carry(by flow: (any OpticalFlow)?, width: Int, height: Int) -> [TrackedPose] { [] }

  package var cameraShift: Point { Point(x: 0, y: 0) }
}
