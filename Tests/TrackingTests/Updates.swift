import Pose
import Timing

@testable import Tracking

extension FrameTracker {
  mutating func update(_ poses: [Pose], at time: MediaTime, beginsShot: Bool? = nil) -> [Link] {
    update(poses, in: FrameContext(time: time, beginsShot: beginsShot))
  }
}

extension OnlineIdentities {
  mutating func update(
    _ poses: [Pose], at time: MediaTime, beginsShot: Bool? = nil
  ) -> (seen: [TrackedPose], decided: [[TrackedPose]]) {
    update(poses, in: FrameContext(time: time, beginsShot: beginsShot))
  }
}

extension PlannedIdentities {
  mutating func update(
    _ poses: [Pose], at time: MediaTime, index: Int, beginsShot: Bool? = nil
  ) -> [[TrackedPose]] {
    update(poses, in: FrameContext(index: index, time: time, beginsShot: beginsShot))
  }
}
