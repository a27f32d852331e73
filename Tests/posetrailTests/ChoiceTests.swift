private import Foundation
private import Imaging
private import Interchange
private import Pose
private import TestSupport
import Testing
private import Timing
private import Video

/// Choosing among the people of the sample: two who cross, and more.
@Suite struct `Choosing people by command` {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.takeSample(frames: 14)
  }

  private func ids(_ name: String) throws -> Set<Int> {
    Set(try Recording(place.url(name)).frames.flatMap { $0.people.compactMap(\.trackID) })
  }

  @Test func `a person is followed by a place, from the video and from its poses`() throws {
    let frames = try Recording(place.url("crossing.posetrack.json")).frames
    let person = try #require(frames[6].people.last)
    // The labels of the sample have no times; its clip has 25 frames a second.
    let time = 6.0 / 25
    let spot = "\(person.pose.box.center.x),\(person.pose.box.center.y)@\(time)"
    let track = ["track", Samples.clip.path, "-o", "one", "--max-frames", "14", "--follow", spot]
    #expect(try Posetrail.run(track, in: place.folder).status == 0)
    #expect(try ids("one/crossing.posetrack.json").count == 1)
    #expect(try place.times("one/crossing.overlay.mp4").count == 14)
    #expect(
      try place.run("link", "crossing.posetrack.json", "-o", "a.jsonl", "--follow", spot).status
        == 0)
    let chosen = try Recording(place.url("a.jsonl")).frames[6].people
    #expect(chosen.map(\.pose.box) == [person.pose.box])
  }

  @Test func `the largest person is kept alone`() throws {
    let outcome = try place.run(
      "link", "crossing.posetrack.json", "-o", "a.jsonl", "--largest", "1")
    #expect(outcome.status == 0 && outcome.messages.contains("1 person"), "\(outcome.messages)")
    let boxes = try Recording(place.url("crossing.posetrack.json")).frames[6].people.map(\.pose.box)
    let chosen = try Recording(place.url("a.jsonl")).frames[6].people.map(\.pose.box)
    #expect(chosen == [boxes.max { $0.area < $1.area }])
  }

  @Test(arguments: [
    (["--follow", "1,1@0"], "nobody is there; the nearest is person"),
    (["--follow", "1,1@99"], "the frames are from 0"),
    (["--follow", "1@0"], "--follow"), (["--follow", "nan,1@0"], "--follow"),
    (["--largest", "0"], "at least 1"),
    (["--largest", "1", "--follow", "1,1@0"], "Choose one of"),
  ])
  func `what names nobody is refused with the way out`(options: [String], message: String) throws {
    let outcome = try Posetrail.run(
      ["link", "crossing.posetrack.json", "-o", "a.jsonl"] + options, in: place.folder)
    #expect(outcome.status == 2 && outcome.messages.contains(message), "\(outcome.messages)")
    #expect(!place.has("a.jsonl"))
  }

  /// The share of each person's box that is as it was, all over the video.
  private func untouched(_ name: String, id: Int) throws -> Double {
    let frames = try Recording(place.url("crossing.posetrack.json")).frames
    let (before, after) = (
      try VideoReader(source: Samples.clip), try VideoReader(source: place.url(name))
    )
    var (same, all) = (0.0, 0.0)
    for frame in frames {
      guard let old = try before.next()?.picture, let new = try after.next()?.picture else { break }
      for person in frame.people where person.trackID == id {
        let box = person.pose.box
        for y in stride(from: max(0, Int(box.y)), to: min(old.height, Int(box.maxY)), by: 3) {
          for x in stride(from: max(0, Int(box.x)), to: min(old.width, Int(box.maxX)), by: 3) {
            let (a, b) = (old[x, y], new[x, y])
            let differences: [Int] = [
              Int(a.red) - Int(b.red), Int(a.green) - Int(b.green), Int(a.blue) - Int(b.blue),
            ]
            let difference: Int = differences.map { abs($0) }.max() ?? 0
            (same, all) = (same + (difference < 12 ? 1 : 0), all + 1)
          }
        }
      }
    }
    return all == 0 ? .nan : same / all
  }

  @Test func `hidden people are unrecognisable and the others as they were`() throws {
    let people = try ids("crossing.posetrack.json").sorted()
    try #require(people.count >= 2)
    let plain = ["--no-draw-boxes", "--keypoint-threshold", "1", "--crf", "12"]
    let render = ["render", Samples.clip.path, "crossing.posetrack.json"] + plain
    let (kept, hidden) = (people[0], people[1])
    #expect(
      try Posetrail.run(render + ["-o", "a.mp4", "--blur-except", "\(kept)"], in: place.folder)
        .status == 0)
    let (seen, covered) = (try untouched("a.mp4", id: kept), try untouched("a.mp4", id: hidden))
    #expect(covered < 0.6 && seen > covered + 0.25, "\(seen) \(covered)")
    #expect(
      try Posetrail.run(render + ["-o", "b.mp4", "--blur", "\(kept)"], in: place.folder).status == 0
    )
    #expect(try untouched("b.mp4", id: kept) < 0.6)
  }

  @Test func `only those asked for are drawn`() throws {
    let render = ["render", Samples.clip.path, "crossing.posetrack.json", "--crf", "12", "-o"]
    #expect(try Posetrail.run(render + ["all.mp4"], in: place.folder).status == 0)
    #expect(try Posetrail.run(render + ["one.mp4", "--only", "0"], in: place.folder).status == 0)
    let (all, one) = (try untouched("all.mp4", id: 1), try untouched("one.mp4", id: 1))
    #expect(one > all, "\(one) \(all)")
  }

  @Test func `identities that nobody has are refused`() throws {
    let render = ["render", Samples.clip.path, "crossing.posetrack.json", "-o", "a.mp4"]
    for option in ["--blur", "--blur-except", "--only"] {
      let outcome = try Posetrail.run(render + [option, "77"], in: place.folder)
      #expect(
        outcome.status == 2 && outcome.messages.contains("nobody has the identity 77"),
        "\(outcome.messages)")
    }
    let both = try Posetrail.run(render + ["--blur", "0", "--blur-except", "1"], in: place.folder)
    #expect(both.status == 2 && both.messages.contains("Choose one of"))
    #expect(!place.has("a.mp4"))
  }
}
