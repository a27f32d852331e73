import Pose
import Testing
import Timing
import Tracking

@Suite struct `The second pass` {
  private func linked(
    _ frames: [[Pose]], _ options: SecondPassOptions = SecondPassOptions(), people: Int? = nil, ids: [[Int?]]? = nil,
    width: Int? = nil
  ) -> [[TrackedPose]] {
    let times = frames.indices.map { MediaTime(ticks: Int64($0), denominator: 25) }
    var (first, collector) = (Tracker(skeleton: .coco17), TrackletCollector(options: options))
    for (index, poses) in frames.enumerated() {
      collector.add(
        poses, ids: ids?[index] ?? [], first.update(poses, at: times[index]),
        in: FrameContext(index: index, time: times[index], width: width))
    }
    var identities = PlannedIdentities(
      Tracker(skeleton: .coco17), plan: IdentityPlan(collector, options: options, people: people),
      longestGap: options.fillGaps)
    let result = frames.enumerated().flatMap { index, poses in
      identities.update(poses, at: times[index], index: index)
    }
    return result + identities.finish()
  }

  /// Someone who walks to the right and is out of sight for some frames.
  private func walk(hidden: Range<Int>, frames: Int = 100, wears clothes: Int8? = nil) -> [[Pose]] {
    (0..<frames).map { hidden.contains($0) ? [] : [person(x: 3 * Double($0), wears: clothes)] }
  }

  @Test func `who is hidden for longer than is followed keeps the identity`() {
    let frames = walk(hidden: 40..<100, frames: 140, wears: 30)
    #expect(Set(identities(frames, Tracker(skeleton: .coco17)).joined().map(\.trackID)).count == 2)
    #expect(Set(linked(frames).joined().map(\.trackID)) == [0])
  }

  @Test func `the second pass believes the tracker where nothing speaks against it`() {
    let frames = walk(hidden: 30..<75, frames: 160)
    #expect(Set(identities(frames, Tracker(skeleton: .coco17)).joined().map(\.trackID)) == [0])
    #expect(Set(linked(frames).joined().map(\.trackID)) == [0])
  }

  @Test(arguments: [(650.0, 1000, 2), (650, nil, 1), (650, 1200, 1), (850, 1000, 1)] as [(Double, Int?, Int)])
  func `who left over a side of the picture is not who is there in its middle`(x: Double, width: Int?, people: Int) {
    let leaving = (0..<40).map { [person(x: 783 + 3 * Double($0), wears: 30)] }
    let frames = leaving + Array(repeating: [], count: 75) + Array(repeating: [person(x: x, wears: 30)], count: 20)
    #expect(Set(linked(frames, width: width).joined().map(\.trackID)).count == people)
  }

  @Test(arguments: [(5, 0.5, 5), (5, 0.1, 0), (5, 0, 0), (20, 0.5, 0), (1, 0.5, 1)])
  func `short gaps are filled and marked`(gap: Int, longest: Double, filled: Int) {
    var options = SecondPassOptions()
    options.fillGaps = longest
    let found = linked(walk(hidden: 40..<40 + gap), options)
    #expect(found.count == 100)
    #expect(found.joined().count { $0.isFilled } == filled)
    guard filled > 0 else { return }
    let middle = found[40 + gap / 2].first
    #expect(abs((middle?.pose.box.x ?? 0) - 3 * Double(40 + gap / 2)) < 0.01)
    #expect(found[40 + gap / 2].count == 1)
  }

  @Test func `what is seen for a moment only is nobody`() {
    var frames = walk(hidden: 0..<0)
    for index in 50...51 { frames[index].append(person(x: 3000)) }
    #expect(Set(linked(frames).joined().map(\.trackID)) == [0])
  }

  @Test(arguments: [(6, 1), (2, 2)])
  func `what is seen now and then is nobody`(apart: Int, people: Int) {
    var frames = walk(hidden: 0..<0)
    for index in [10, 11] + stride(from: 12, through: 60, by: apart) { frames[index].append(person(x: 3000)) }
    #expect(Set(linked(frames).joined().map(\.trackID)).count == people)
  }

  @Test func `a cannot-link splits, a must-link joins, and both at once swap`() {
    var (split, join, swap) = (SecondPassOptions(), SecondPassOptions(), SecondPassOptions())
    func place(_ frame: Int, _ track: Int) -> LinkConstraints.Place { .init(frame: frame, person: .track(track)) }
    let single = walk(hidden: 0..<0)
    let ids = single.map { [Int?](repeating: 7, count: $0.count) }
    split.constraints.cannotLinks = [.init(place(59, 7), place(60, 7))]
    let parts = linked(single, split, ids: ids).map { $0.first?.trackID }
    #expect(parts == (0..<100).map { $0 < 60 ? 0 : 1 })

    let far = (0..<100).map { $0 < 50 ? [person(x: 0)] : [person(x: 5000)] }
    #expect(Set(linked(far).joined().map(\.trackID)) == [0, 1])
    let farIDs = (0..<100).map { [Int?]([$0 < 50 ? 3 : 7]) }
    join.constraints.mustLinks = [.init(place(49, 3), place(50, 7))]
    #expect(Set(linked(far, join, ids: farIDs).joined().map(\.trackID)) == [0])

    let two = (0..<100).map { _ in [person(x: 0), person(x: 600)] }
    let twoIDs = (0..<100).map { _ in [Int?]([3, 7]) }
    swap.constraints.mustLinks = [.init(place(49, 3), place(50, 7)), .init(place(49, 7), place(50, 3))]
    let swapped = linked(two, swap, ids: twoIDs).map { $0.map(\.trackID) }
    #expect(swapped == (0..<100).map { $0 < 50 ? [0, 1] : [1, 0] })
  }

  @Test func `constraints that can't be met are told`() {
    var options = SecondPassOptions()
    func place(_ frame: Int, _ person: LinkConstraints.Person) -> LinkConstraints.Place {
      .init(frame: frame, person: person)
    }
    let there = LinkConstraints.Pair(place(3, .place(0)), place(3, .place(1)))
    let gone = LinkConstraints.Pair(place(3, .place(0)), place(5, .track(9)))
    options.constraints.mustLinks = [there, gone]
    let frames = (0..<10).map { _ in [person(x: 0), person(x: 600)] }
    var (tracker, collector) = (Tracker(skeleton: .coco17), TrackletCollector(options: options))
    for (index, poses) in frames.enumerated() {
      let links = tracker.update(poses, at: MediaTime(ticks: Int64(index), denominator: 25))
      collector.add(
        poses, ids: [], links, in: FrameContext(index: index, time: MediaTime(ticks: Int64(index), denominator: 25)))
    }
    #expect(IdentityPlan(collector, options: options).unmet == [there, gone])
  }

  @Test func `a known number of people merges before it drops`() {
    let frames = (0..<160).map { frame in
      (30..<75).contains(frame) ? [] : [person(x: 3 * Double(frame) + (frame < 75 ? 0 : 500))]
    }
    #expect(Set(linked(frames).joined().map(\.trackID)) == [0, 1])
    #expect(linked(frames, people: 1).joined().map(\.trackID) == Array(repeating: 0, count: 115))
  }

  @Test(arguments: [0, 1, 2, 5]) func `few frames are given back, too`(count: Int) {
    let frames = (0..<count).map { _ in [person()] }
    let found = linked(frames)
    #expect(found.map(\.count) == Array(repeating: 1, count: count))
  }

  @Test func `slow recordings are not cut between their frames`() {
    let frames = (0..<20).map { _ in [person()] }
    let options = SecondPassOptions()
    var (tracker, collector) = (Tracker(skeleton: .coco17), TrackletCollector(options: options))
    for (index, poses) in frames.enumerated() {
      let links = tracker.update(poses, at: MediaTime(ticks: Int64(index), denominator: 1))
      collector.add(
        poses, ids: [], links,
        in: FrameContext(index: 30 * index, time: MediaTime(ticks: Int64(index), denominator: 1)))
    }
    let plan = IdentityPlan(collector, options: options)
    #expect((0..<20).allSatisfy { plan.id(of: 0, in: 30 * $0) == 0 })
  }

  @Test func `two runs give the same`() throws {
    let frames = try Scene(named: "crossing_four_same_size").frames.map { $0.map(\.pose) }
    #expect(linked(frames) == linked(frames))
  }
}
