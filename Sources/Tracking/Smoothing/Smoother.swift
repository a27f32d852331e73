internal import Pose

/// Takes the jitter out of tracked keypoints, causally, each joint of each person by a 1€ filter in real time.
struct Smoother: Sendable {
  private struct Joint: Sendable {
    var x: OneEuroFilter
    var y: OneEuroFilter
  }

  private let options: SmootherOptions
  /// Of the people of the last frame.
  private var people: [Int: [Joint?]] = [:]
  private var time = 0.0
  private(set) var report = SmoothingReport()

  init(options: SmootherOptions = SmootherOptions()) { self.options = options }

  /// The people of the next frame with their keypoints smoothed; scores, boxes and identities stay.
  ///
  /// - Parameters:
  ///   - time: In seconds, more than that of the frame before if it follows.
  ///   - follows: Whether it follows the frame before without a gap.
  mutating func smooth(_ poses: [TrackedPose], at time: Double, follows: Bool) -> [TrackedPose] {
    let interval = follows ? time - self.time : nil
    self.time = time
    var seen: [Int: [Joint?]] = [:]
    var smoothed: [TrackedPose] = []
    for tracked in poses {
      var result = tracked
      let count = tracked.pose.keypoints.count
      var joints = people[tracked.trackID] ?? []
      if joints.count != count { joints = Array(repeating: nil, count: count) }
      for index in 0..<count {
        guard let keypoint = tracked.pose.keypoints[index] else {
          joints[index] = nil
          continue
        }
        let size = max(tracked.pose.box.height, 1)
        result.pose.keypoints[index]?.point = filter(keypoint.point, by: &joints[index], interval, size: size)
      }
      seen[tracked.trackID] = joints
      smoothed.append(result)
    }
    people = seen
    return smoothed
  }

  /// - Parameter interval: In seconds; nil starts anew.
  private mutating func filter(_ point: Point, by joint: inout Joint?, _ interval: Double?, size: Double) -> Point {
    report.keypoints += 1
    guard var known = joint, let interval else {
      report.untouched += 1
      joint = Joint(x: OneEuroFilter(point.x), y: OneEuroFilter(point.y))
      return point
    }
    let result = Point(
      x: known.x.filter(point.x, interval: interval, size: size, options: options),
      y: known.y.filter(point.y, interval: interval, size: size, options: options))
    joint = known
    return result
  }
}
