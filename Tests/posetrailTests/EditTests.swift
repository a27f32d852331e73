private import Files
private import Foundation
private import Interchange
private import Pose
private import TestSupport
import Testing

/// Lists of tracks, and edits from the command line to every output.
@Suite struct `Tracks and edits by command` {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.takeSample(frames: 14)
  }

  private func frames(_ name: String) throws -> [RecordedFrame] { try Recording(place.url(name)).frames }

  @Test func `tracks are listed in words and as JSON`() throws {
    let ids = Set(try frames("crossing.posetrack.json").flatMap { $0.people.compactMap(\.trackID) })
    let plain = try place.run("tracks", "crossing.posetrack.json")
    #expect(plain.status == 0 && plain.output.hasPrefix("TRACK"))
    let json = try place.run("tracks", "crossing.posetrack.json", "--json")
    let report = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let tracks = try #require(report?["tracks"] as? [[String: Any]])
    #expect(Set(tracks.compactMap { $0["id"] as? Int }) == ids)
    #expect(tracks.allSatisfy { $0["frames"] as? Int ?? 0 > 0 && $0["mean_score"] is Double })
    #expect(report?["moments"] is [Any])
  }

  @Test func `tracks tell how clear their links were`() throws {
    #expect(try place.run("link", "crossing.posetrack.json", "-o", "linked.posetrack.json").status == 0)
    let json = try place.run("tracks", "linked.posetrack.json", "--json")
    let report = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let margins = try #require(report?["tracks"] as? [[String: Any]]).map { $0["smallest_margin"] as? Double }
    #expect(!margins.isEmpty && margins.allSatisfy { (0...1).contains($0 ?? -1) }, "\(margins)")
  }

  @Test func `edits are kept, added to, and applied again`() throws {
    let before = try frames("crossing.posetrack.json")
    let first = try place.run("tracks", "crossing.posetrack.json", "--swap", "0:1@7", "--rename", "0=anna")
    #expect(first.status == 0 && first.messages.contains("2 edits"), "\(first.messages)")
    let second = try place.run("tracks", "crossing.posetrack.json", "--rename", "1=bo, the second")
    #expect(second.status == 2)
    #expect(try place.run("tracks", "crossing.posetrack.json", "--rename", "1=bo").messages.contains("3 edits"))
    let link = ["link", "crossing.posetrack.json", "--edits", "crossing.edits.json", "-o"]
    #expect(try Posetrail.run(link + ["b.posetrack.json"], in: place.folder).status == 0)
    let after = try Recording(place.url("b.posetrack.json"))
    #expect(after.header.names == [0: "anna", 1: "bo"])
    for (old, new) in zip(before, after.frames) {
      let swapped = old.people.map { $0.trackID.map { old.index >= 7 && $0 < 2 ? 1 - $0 : $0 } }
      #expect(new.people.map(\.trackID) == swapped && new.people.map(\.pose) == old.people.map(\.pose))
    }
    #expect(try place.run("link", "b.posetrack.json", "--edits", "crossing.edits.json", "-o", "c.jsonl").status == 2)
  }

  @Test func `edits hold where the whole recording is linked again, and people keep their ids`() throws {
    let edits = ["--split", "0@7", "--rename", "1=bo"]
    #expect(try Posetrail.run(["tracks", "crossing.posetrack.json"] + edits, in: place.folder).status == 0)
    let before = try frames("crossing.posetrack.json")
    for mode in [[], ["--online"]] {
      let link = ["link", "crossing.posetrack.json", "--edits", "crossing.edits.json", "-o", "a.jsonl", "--force"]
      let outcome = try Posetrail.run(link + mode, in: place.folder)
      #expect(outcome.status == 0 && !outcome.messages.contains("could not be met"), "\(outcome.messages)")
      let after = try frames("a.jsonl")
      let new = (before.flatMap(\.people).compactMap(\.trackID).max() ?? 0) + 1
      for (old, linked) in zip(before, after) {
        let split = old.people.map { $0.trackID == 0 && old.index >= 7 ? new : $0.trackID }
        #expect(Set(linked.people.map(\.trackID)) == Set(split))
      }
    }
  }

  @Test func `what was linked and is linked again is the same`() throws {
    #expect(try place.run("link", "crossing.posetrack.json", "-o", "a.posetrack.json").status == 0)
    #expect(try place.run("link", "a.posetrack.json", "-o", "b.posetrack.json").status == 0)
    let (first, once, twice) = (
      try frames("crossing.posetrack.json"), try frames("a.posetrack.json"), try frames("b.posetrack.json")
    )
    #expect(first.flatMap(\.people).count == once.flatMap(\.people).count)
    #expect(once == twice && once.flatMap(\.people).count > 14)
  }

  @Test func `names go to every output that can hold them, and the others say so`() throws {
    #expect(try place.run("tracks", "crossing.posetrack.json", "--rename", "0=anna").status == 0)
    for name in ["a.posetrack.json", "a.csv", "a.coco.json", "a.jsonl"] {
      let linked = try place.run("link", "crossing.posetrack.json", "--edits", "crossing.edits.json", "-o", name)
      #expect(linked.status == 0 && !linked.messages.contains("no place"), "\(linked.messages)")
      #expect(try String(contentsOf: place.url(name), encoding: .utf8).contains("anna"), "\(name)")
    }
    #expect(
      try String(contentsOf: place.url("a.csv"), encoding: .utf8).hasPrefix(
        "frame,seconds,track_id,person,person_score,joint,x,y,score,name\n"))
    for name in ["a.posetrack.json", "a.jsonl", "a.coco.json", "a.csv"] {
      #expect(try Recording(place.url(name)).header.names == [0: "anna"])
    }
    let lost = try place.run("link", "crossing.posetrack.json", "--edits", "crossing.edits.json", "-o", "a.txt")
    #expect(lost.status == 0 && lost.messages.contains("mot has no place for the names of people"), "\(lost.messages)")
    #expect(try place.run("convert", "a.jsonl", "b.txt").messages.contains("the names of people"))
    let render = ["render", Samples.clip.path, "a.posetrack.json", "-o"]
    #expect(try Posetrail.run(render + ["named.mp4", "--only", "anna"], in: place.folder).status == 0)
    #expect(try Posetrail.run(render + ["number.mp4", "--only", "0"], in: place.folder).status == 0)
    #expect(try Data(contentsOf: place.url("named.mp4")) == Data(contentsOf: place.url("number.mp4")))
    let nobody = try Posetrail.run(render + ["x.mp4", "--blur", "carl"], in: place.folder)
    #expect(nobody.status == 2 && nobody.messages.contains("there are anna"), "\(nobody.messages)")
    let forgotten = try place.run("link", "a.jsonl", "-o", "again.jsonl")
    #expect(forgotten.messages.contains("names belong to its old identities"))
    #expect(try Recording(place.url("again.jsonl")).header.names.isEmpty)
  }

  @Test(arguments: [
    ["--merge", "3"], ["--merge", "0,1"], ["--merge", "0,99"], ["--split", "3"], ["--split", "0@0"], ["--swap", "0:1"],
    ["--swap", "0:0@3"], ["--delete", "99"], ["--delete", "-1"], ["--rename", "0="], ["--rename", "0=3"],
    ["--rename", "0=a,b"], ["--json", "--delete", "0"], ["--edits", "a.json"],
  ])
  func `edits that cannot be leave nothing`(options: [String]) throws {
    let outcome = try Posetrail.run(["tracks", "crossing.posetrack.json"] + options, in: place.folder)
    #expect(outcome.status == 2 && !outcome.messages.isEmpty, "\(outcome.messages)")
    #expect(!place.has("crossing.edits.json"))
  }

  @Test func `poses without identities have no tracks`() throws {
    #expect(
      try Posetrail.run(["estimate", Samples.clip.path, "-o", ".", "--max-frames", "2"], in: place.folder).status == 0)
    let outcome = try place.run("tracks", "crossing.poses.json")
    #expect(outcome.status == 2 && outcome.messages.contains("link them first"), "\(outcome.messages)")
  }
}
