package import Pose
package import Timing

/// Takes the jitter out of tracked keypoints, causally, each joint of each person by a 1€ filter in real time.
package struct Smoother: Sendable {
  private struct Joint: Sendable {
    var x: OneEuroFilter
    var y: OneEuroFilter
    var time: Double
  }

  private let options: SmootherOptions
  private var people: [Int: [Joint?]] = [:]

  package init(options: SmootherOptions = SmootherOptions()) { self.options = options }

  /// The people of the next frame with their keypoints smoothed; scores, boxes and identities stay.
  package mutating func smooth(_ poses: [TrackedPose], at time: MediaTime) -> [TrackedPose] {
    forgetUnseen(at: time.seconds)
    return poses.map { tracked in
      var result = tracked
      let count = tracked.pose.keypoints.count
      var joints = people[tracked.trackID] ?? []
      if joints.count != count { joints = Array(repeating: nil, count: count) }
      for index in 0..<count {
        guard let keypoint = tracked.pose.keypoints[index] else { continue }
        let point = filter(
          keypoint.point, by: &joints[index], at: time.seconds, size: max(tracked.pose.box.height, 1))
        result.pose.keypoints[index] = Keypoint(point, score: keypoint.score)
      }
      people[tracked.trackID] = joints
      return result
    }
  }

  private func filter(_ point: Point, by joint: inout Joint?, at time: Double, size: Double) -> Point {
    guard var known = joint, time > known.time, time - known.time <= options.maximumGap else {
      joint = Joint(x: OneEuroFilter(point.x), y: OneEuroFilter(point.y), time: time)
      return point
    }
    let interval = time - known.time
    let result = Point(
      x: known.x.filter(point.x, interval: interval, size: size, options: options),
      y: known.y.filter(point.y, interval: interval, size: size, options: options))
    known.time = time
    joint = known
    return result
  }

  private mutating func forgetUnseen(at time: Double) {
    people = people.filter { $0.value.contains { $0.map { time - $0.time <= options.maximumGap } ?? false } }
  }
}
