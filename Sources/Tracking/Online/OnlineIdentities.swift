package import Imaging
package import Pose

/// Identities from the past alone: a frame is given out once it is known of everyone in it whether they are somebody, which
/// takes as many frames as a tracker needs to confirm a track.
package struct OnlineIdentities {
  private var tracker: any FrameTracker
  private var waiting: [[(pose: Pose, link: Link)]] = []
  private var ids: [Int: Int] = [:]
  /// Of the frame that was linked last.
  package private(set) var lastLinks: [Link] = []

  package init(_ tracker: any FrameTracker) { self.tracker = tracker }

  /// Links the poses of the next frame.
  ///
  /// - Returns: All who are linked, by the numbers of their tracks; and the frames that are decided now, in their order,
  ///   with ids from 0 in the order in which people appear.
  package mutating func update(
    _ poses: [Pose], in frame: FrameContext
  ) -> (seen: [TrackedPose], decided: [[TrackedPose]]) {
    let links = tracker.update(poses, in: frame)
    lastLinks = links
    waiting.append(links.map { (poses[$0.pose], $0) })
    var decided: [[TrackedPose]] = []
    while let first = waiting.first, first.allSatisfy({ tracker.fate(of: $0.link.track) != .open }) {
      decided.append(people(of: waiting.removeFirst()))
    }
    return (links.map { TrackedPose(poses[$0.pose], trackID: $0.track) }, decided)
  }

  /// As ``FrameTracker/carry(by:width:height:)``.
  package mutating func carry(by flow: (any OpticalFlow)?, width: Int, height: Int) -> [TrackedPose] {
    tracker.carry(by: flow, width: width, height: height)
  }

  /// The frames that still wait, at the end.
  package mutating func finish() -> [[TrackedPose]] {
    tracker.finish()
    defer { waiting = [] }
    return waiting.map { people(of: $0) }
  }

  private mutating func people(of frame: [(pose: Pose, link: Link)]) -> [TrackedPose] {
    frame.filter { tracker.fate(of: $0.link.track) == .confirmed }.map { pose, link in
      let id = ids[link.track] ?? ids.count
      ids[link.track] = id
      return TrackedPose(pose, trackID: id, margin: link.margin)
    }
  }
}
