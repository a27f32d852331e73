private import Imaging
package import Pose

/// A detector that is asked every few frames; in between boxes grow out of the tracked poses of the frame before.
///
/// The box around a pose's keypoints is enlarged, keeps most of its former size, and moves on as the person moved
/// between the last two frames. The detector is asked early where a track was lost or a shot begins. Wherever the frame index crosses a
/// multiple of the interval everything before is forgotten, so that a run resumed there gives the same boxes.
package final class PropagatedBoxes: BoxProvider {
  package struct Options: Sendable {
    /// How much the box around the keypoints is enlarged.
    package var growth = 1.25
    /// Keypoints below this score do not shape the box.
    package var keypointThreshold = 0.3
    /// A pose with fewer keypoints above the threshold counts as lost.
    package var minimumKeypoints = 3
    /// A side of the box shrinks to this part of itself in a frame at most.
    package var slowestShrink = 0.8
    /// Of two boxes that overlap more, one is dropped.
    package var suppressionThreshold = 0.85

    package init() {}
  }

  package let detector: any BoxProvider
  package let interval: Int
  package let options: Options
  package let followsPoses = true
  private var lastIndex: Int?
  private var people: [TrackedPose] = []
  private var earlier: [TrackedPose] = []
  private var expectedCount: Int?
  private var hasLostSomeone = false

  /// `interval` 1 asks the detector for every frame.
  package init(detector: any BoxProvider, interval: Int, options: Options = Options()) {
    self.detector = detector
    self.interval = max(1, interval)
    self.options = options
  }

  package func boxes(in frame: FrameView) throws -> [ScoredBox] {
    defer { lastIndex = frame.index }
    let isScheduled = lastIndex.map { startsAfresh(at: frame.index, after: $0) } ?? true
    if isScheduled || hasLostSomeone || frame.beginsShot {
      people = []
      earlier = []
      expectedCount = nil
      return try detector.boxes(in: frame)
    }
    let grown = people.compactMap { person in
      nextBox(person).flatMap {
        ScoredBox($0, score: 1).clipped(width: frame.picture.width, height: frame.picture.height, smallestSide: 2)
      }
    }
    return NonMaximumSuppression.boxes(grown, threshold: options.suppressionThreshold).map { grown[$0] }
  }

  package func startsAfresh(at index: Int, after previous: Int) -> Bool {
    previous / interval != index / interval
  }

  package func observe(_ poses: [TrackedPose]) {
    earlier = people
    people = poses.filter { sureKeypoints($0.pose).count >= options.minimumKeypoints }
    hasLostSomeone = people.count < expectedCount ?? 0
    expectedCount = expectedCount ?? people.count
  }

  private func sureKeypoints(_ pose: Pose) -> [Point] {
    pose.keypoints.compactMap { $0.flatMap { $0.score >= options.keypointThreshold ? $0.point : nil } }
  }

  private func nextBox(_ person: TrackedPose) -> Box? {
    let pose = person.pose
    guard let extent = Box(around: sureKeypoints(pose)) else { return nil }
    let width = max(extent.width * options.growth, pose.box.width * options.slowestShrink)
    let height = max(extent.height * options.growth, pose.box.height * options.slowestShrink)
    let motion = motion(of: person)
    return Box(
      x: extent.center.x + motion.x - width / 2, y: extent.center.y + motion.y - height / 2, width: width,
      height: height)
  }

  /// The mean displacement of the keypoints that are sure in both of the last two frames.
  private func motion(of person: TrackedPose) -> Point {
    guard let before = earlier.first(where: { $0.trackID == person.trackID }) else { return Point(x: 0, y: 0) }
    let steps = zip(before.pose.keypoints, person.pose.keypoints).compactMap { old, new -> Point? in
      guard let old, let new, min(old.score, new.score) >= options.keypointThreshold else { return nil }
      return Point(x: new.point.x - old.point.x, y: new.point.y - old.point.y)
    }
    guard !steps.isEmpty else { return Point(x: 0, y: 0) }
    let count = Double(steps.count)
    return Point(x: steps.reduce(0) { $0 + $1.x } / count, y: steps.reduce(0) { $0 + $1.y } / count)
  }
}
