import Pose
import Testing
import Timing
import Tracking

@Suite struct `Shots` {
  /// Frames that are tracked, and those of them that begin a shot; nil where nobody has looked.
  private struct Clip {
    var frames: [[Pose]]
    var shots: Set<Int>?

    func begins(_ frame: Int) -> Bool? { shots.map { $0.contains(frame) } }

    func time(_ frame: Int) -> MediaTime { MediaTime(ticks: Int64(frame), denominator: 25) }

    func online(_ options: TrackerOptions = TrackerOptions()) -> [[TrackedPose]] {
      var identities = OnlineIdentities(Tracker(skeleton: .coco17, options: options))
      let found = frames.indices.flatMap {
        identities.update(frames[$0], at: time($0), beginsShot: begins($0)).decided
      }
      return found + identities.finish()
    }

    func twice() -> [[TrackedPose]] {
      var (tracker, collector) = (Tracker(skeleton: .coco17), TrackletCollector(options: SecondPassOptions()))
      for index in frames.indices {
        let links = tracker.update(frames[index], at: time(index), beginsShot: begins(index))
        collector.add(
          frames[index], ids: [], links, in: FrameContext(index: index, time: time(index)),
          beganShot: tracker.beganShot)
      }
      var identities = PlannedIdentities(
        Tracker(skeleton: .coco17), plan: IdentityPlan(collector, options: SecondPassOptions()), longestGap: 0.3)
      let found = frames.indices.flatMap {
        identities.update(frames[$0], at: time($0), index: $0, beginsShot: begins($0))
      }
      return found + identities.finish()
    }
  }

  private func ids(_ frames: [[TrackedPose]]) -> [[Int]] { frames.map { $0.map(\.trackID).sorted() } }

  /// Somebody who stays in one place, in other clothes from frame 20 on.
  private func stay(wears clothes: (Int8, Int8)?, shots: Set<Int>?) -> Clip {
    Clip(
      frames: (0..<40).map { frame in [person(wears: clothes.map { frame < 20 ? $0.0 : $0.1 })] }, shots: shots)
  }

  @Test func `nobody is carried over a cut by place`() {
    let clip = stay(wears: nil, shots: [0, 20])
    let expected = (0..<40).map { [$0 < 20 ? 0 : 1] }
    #expect(ids(clip.online()) == expected)
    #expect(ids(clip.twice()) == expected)
    #expect(Set(ids(stay(wears: nil, shots: [0]).online()).joined()) == [0])
  }

  @Test func `the second pass joins over a cut who looks the same, and nobody else`() {
    #expect(Set(ids(stay(wears: (30, 30), shots: [0, 20]).twice()).joined()) == [0])
    #expect(Set(ids(stay(wears: (30, -30), shots: [0, 20]).twice()).joined()) == [0, 1])
  }

  @Test func `where pictures go on, other clothes are no cut`() {
    let frames = { (clothes: Int8) in [person(wears: clothes), person(x: 600, wears: clothes)] }
    var clip = Clip(frames: (0..<40).map { frames($0 < 20 ? 30 : -60) }, shots: [0])
    #expect(Set(ids(clip.online()).joined()) == [0, 1])
    clip.shots = nil
    #expect(Set(ids(clip.online()).joined()) == [0, 1, 2, 3])
  }

  @Test func `unrelated photos keep all their people, nobody of whom goes on`() {
    let photos = Clip(
      frames: [[person()], [person(), person(x: 600)], [], [person(score: 0.35)]], shots: [0, 1, 2, 3])
    #expect(ids(photos.online()) == [[0], [1, 2], [], [3]])
    #expect(ids(photos.twice()) == [[0], [1, 2], [], [3]])
  }

  @Test(arguments: [1, 2])
  func `who comes at the very end of a shot is somebody if well seen`(frames: Int) {
    for shots in [nil, [0], [0, 20]] as [Set<Int>?] {
      for (score, isSomebody) in [(0.9, true), (0.4, false)] {
        var clip = Clip(frames: (0..<30).map { _ in [person()] }, shots: shots)
        let end = shots == [0, 20] ? 20 : 30
        for frame in end - frames..<end { clip.frames[frame].append(person(x: 600, score: score)) }
        for found in [clip.online(), clip.twice()] {
          #expect(found[(end - frames)..<end].allSatisfy { $0.count == (isSomebody ? 2 : 1) })
          #expect(found[end - frames - 1].count == 1)
        }
      }
    }
  }

  @Test func `gaps over a cut are not filled`() {
    var clip = stay(wears: (30, 30), shots: [0, 20])
    for frame in 18..<22 { clip.frames[frame] = [] }
    let found = clip.twice()
    #expect(Set(ids(found).joined()) == [0])
    #expect(found[18..<22].allSatisfy { $0.isEmpty })
  }

  @Test func `nothing is smoothed over a cut`() {
    var signals = Signals<Int>(.coco17, smoothing: .standard, mendsSides: false)
    for (frame, x) in [0.0, 400].enumerated() {
      let done = signals.add(
        frame, [TrackedPose(person(x: x), trackID: 0)],
        in: FrameContext(
          index: frame, time: MediaTime(ticks: Int64(frame), denominator: 25), beginsShot: frame == 1))
      #expect(done.first?.people.first?.pose.keypoints[0]?.point.x == x)
    }
  }
}
