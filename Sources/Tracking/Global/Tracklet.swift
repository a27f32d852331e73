internal import Pose

/// A piece of a track within which nothing speaks against its being one person.
struct Tracklet: Sendable {
  /// The number of the track that it is a piece of.
  let track: Int
  /// The number of the shot that it lies in.
  let shot: Int
  let firstFrame: Int
  let firstTime: Double
  private(set) var lastFrame: Int
  private(set) var lastTime: Double
  /// How many sightings there are.
  private(set) var count = 0
  /// How many frames of the recording there are from the first sighting to the last.
  private(set) var span = 0
  private var firstOrder = 0
  private(set) var look = AppearanceMemory()
  private(set) var start = TrackletEnd()
  private(set) var end = TrackletEnd()
  private(set) var lowestScore = Double.infinity
  private var scores = 0.0

  init(track: Int, shot: Int, frame: Int, time: Double) {
    (self.track, self.shot) = (track, shot)
    (firstFrame, firstTime, lastFrame, lastTime) = (frame, time, frame, time)
  }

  var meanScore: Double { scores / Double(max(1, count)) }

  /// - Parameters:
  ///   - box: Where the person is, the motion of the camera taken out.
  ///   - sideDistance: How far the person is from the nearer side of the picture, in its heights; nil where that is not known.
  ///   - order: The number of the frame among those of the recording that there are.
  ///   - isClear: Whether the colours are the person's own.
  mutating func add(
    _ pose: Pose, box: Box, sideDistance: Double?, frame: Int, order: Int, time: Double, isClear: Bool
  ) {
    if count == 0 { firstOrder = order }
    span = order - firstOrder + 1
    (lastFrame, lastTime) = (frame, time)
    count += 1
    scores += pose.score
    lowestScore = min(lowestScore, pose.score)
    if isClear, let appearance = pose.appearance { look.see(appearance) }
    start.add(box, at: time, sideDistance: sideDistance, keepingFirst: true)
    end.add(box, at: time, sideDistance: sideDistance, keepingFirst: false)
  }
}
