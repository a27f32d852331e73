import Files
import Foundation
import Interchange
import Pose
import TestSupport
import Testing
import Timing

@testable import Pipeline

/// A recording of boxes in which each track is seen in some frames; x tells who it really is.
private struct Tracks {
  var seen: [Int: ClosedRange<Int>]
  var count = 60

  func reader(_ folder: TemporaryFolder, name: String = "a.jsonl", names: [Int: String] = [:]) throws -> RecordingReader
  {
    let frames = (0..<count).map { index in
      let people = seen.sorted { $0.key < $1.key }.filter { $0.value.contains(index) }.map { id, _ in
        RecordedFrame.Person(
          Pose(
            keypoints: Array(repeating: Keypoint(Point(x: Double(id) * 100, y: 5), score: 0.9), count: 17),
            box: Box(x: Double(id) * 100, y: 0, width: 40, height: 100), score: 0.9), trackID: id)
      }
      return RecordedFrame(index: index, time: MediaTime(ticks: Int64(index), denominator: 25), people: people)
    }
    let url = folder.url.appending(path: name)
    let header = RecordingHeader(name: "a", skeleton: .coco17, names: names)
    try Recording(header: header, frames: frames).write(to: url, as: .jsonLines)
    return try RecordingFormat.open(url.path, as: nil)
  }
}

private func identities(_ tracks: Tracks, _ requests: [EditRequest], names: [Int: String] = [:]) throws
  -> (EditedIdentities, TrackSurvey)
{
  let folder = try TemporaryFolder()
  let survey = try withExtendedLifetime(folder) { try TrackSurvey(tracks.reader(folder, names: names)) }
  var edits = Edits(fingerprint: survey.fingerprint)
  for request in requests { edits.list.append(try request.edit(on: survey)) }
  return (try EditedIdentities(survey, edits), survey)
}

private let two = Tracks(seen: [3: 0...59, 7: 0...59])
private let parts = Tracks(seen: [3: 0...19, 7: 25...40, 9: 45...59])

@Suite struct `Edits of identities` {
  @Test func `merged tracks are the first one, all else stays`() throws {
    let (ids, _) = try identities(parts, [.merge(.init(id: 7), .init(id: 3))])
    #expect(ids.id(of: 3, in: 5) == 3 && ids.id(of: 7, in: 30) == 3 && ids.id(of: 9, in: 50) == 9)
    let (all, _) = try identities(parts, [.merge(.init(id: 3), .init(id: 9)), .merge(.init(id: 9), .init(id: 7))])
    #expect([3, 7, 9].map { all.id(of: $0, in: parts.seen[$0]?.lowerBound ?? 0) } == [3, 3, 3])
  }

  @Test func `a split track goes on as somebody new`() throws {
    let (ids, _) = try identities(two, [.split(3, frame: 30)])
    #expect(ids.id(of: 3, in: 29) == 3 && ids.id(of: 3, in: 30) == 8 && ids.id(of: 3, in: 59) == 8)
    #expect(ids.id(of: 7, in: 59) == 7)
  }

  @Test func `swapped tracks go on as each other, twice as themselves`() throws {
    let (once, _) = try identities(two, [.swap(3, 7, frame: 30)])
    #expect([29, 30].map { once.id(of: 3, in: $0) } == [3, 7] && [29, 30].map { once.id(of: 7, in: $0) } == [7, 3])
    let (twice, _) = try identities(two, [.swap(3, 7, frame: 30), .swap(7, 3, frame: 40)])
    #expect([29, 30, 39, 40].map { twice.id(of: 3, in: $0) } == [3, 7, 7, 3])
  }

  @Test func `a track that ends is swapped with one that begins`() throws {
    let (ids, _) = try identities(Tracks(seen: [1: 0...30, 2: 20...59]), [.swap(1, 2, frame: 25)])
    #expect(ids.id(of: 1, in: 24) == 1 && ids.id(of: 2, in: 25) == 1 && ids.id(of: 1, in: 25) == 2)
  }

  @Test func `parts are merged by a frame within them`() throws {
    let tracks = Tracks(seen: [3: 0...59, 7: 0...29, 9: 35...59])
    let (ids, _) = try identities(
      tracks,
      [
        .split(3, frame: 32), .merge(.init(id: 3, frame: 40), .init(id: 7)),
        .merge(.init(id: 3, frame: 5), .init(id: 9)),
      ])
    #expect(ids.id(of: 3, in: 40) == 7 && ids.id(of: 9, in: 40) == 3 && ids.id(of: 3, in: 5) == 3)
  }

  @Test func `a deleted track is nobody, a name goes to whoever is there`() throws {
    let (ids, _) = try identities(
      two, [.delete(7), .split(3, frame: 30), .rename(3, "anna")], names: [3: "old", 7: "gone"])
    #expect(ids.id(of: 7, in: 10) == nil && ids.names[3] == "anna" && ids.names[8] == nil)
    let (merged, _) = try identities(parts, [.merge(.init(id: 3), .init(id: 7)), .rename(7, "bo")])
    #expect(merged.names == [3: "bo"])
  }

  @Test(arguments: [
    ([EditRequest.merge(.init(id: 3), .init(id: 7))], "both are seen in frame 0"),
    ([.merge(.init(id: 3), .init(id: 3))], "one track"), ([.merge(.init(id: 3), .init(id: 8))], "there is no track 8"),
    ([.split(3, frame: 0)], "seen from frame 0 to 59"), ([.split(3, frame: 77)], "seen from frame 0 to 59"),
    ([.swap(3, 3, frame: 9)], "one track"), ([.swap(3, 7, frame: 99)], "neither track"),
    ([.split(3, frame: 30), .merge(.init(id: 3, frame: 10), .init(id: 3, frame: 40))], "contradict"),
    ([.merge(.init(id: 3, frame: 10), .init(id: 7, frame: 40))], "both seen in frame 0"),
    ([.delete(4)], "there are 3, 7"),
  ])
  func `what cannot be is refused with the reason`(requests: [EditRequest], reason: String) {
    #expect { try identities(two, requests) } throws: { "\($0)".contains(reason) }
  }

  @Test func `edits come back from their file, and are refused for other poses`() throws {
    let folder = try TemporaryFolder()
    let survey = try TrackSurvey(two.reader(folder))
    var edits = Edits(fingerprint: survey.fingerprint)
    for request in [EditRequest.swap(3, 7, frame: 30), .delete(7), .rename(3, "ann\"a\u{1b}")] {
      edits.list.append(try request.edit(on: survey))
    }
    let file = folder.url.appending(path: "a.edits.json")
    try edits.write(to: file)
    #expect(try Edits(file) == edits)
    let other = try TrackSurvey(parts.reader(folder, name: "b.jsonl"))
    #expect { try edits.check(other, file: "a.edits.json") } throws: { "\($0)".contains("made on other poses") }
    for (text, reason) in [
      ("{}", "no file of edits"), ("{\"format\":\"posetrail-edits\",\"version\":2}", "later PoseTrail"),
      (
        "{\"format\":\"posetrail-edits\",\"version\":1,\"poses\":\"\",\"edits\":[{\"edit\":\"\",\"must_links\":[[[1]]]}]}",
        "place"
      ),
    ] {
      try Data(text.utf8).write(to: file)
      #expect { try Edits(file) } throws: { "\($0)".contains(reason) && "\($0)".contains("a.edits.json") }
    }
  }

  @Test func `poses are known by who is where, in whatever format`() throws {
    let folder = try TemporaryFolder()
    let reader = try parts.reader(folder)
    let original = try TrackSurvey(reader).fingerprint
    for format in [RecordingFormat.poseTrack, .coco, .mot] {
      let url = folder.url.appending(path: "a\(format.suffixes[0])")
      _ = try ConvertJob(reader).run(to: .place(url, overwrites: true), format)
      #expect(try TrackSurvey(RecordingFormat.open(url.path, as: nil)).fingerprint == original, "\(format.name)")
    }
  }
}

@Suite struct `Moments worth a look` {
  private func moments(_ places: [Int: [Int: Double]], count: Int = 60) throws -> [Moment] {
    let folder = try TemporaryFolder()
    let url = folder.url.appending(path: "a.jsonl")
    let frames = (0..<count).map { index in
      let people = places.sorted { $0.key < $1.key }.compactMap { id, track in
        track[index].map {
          RecordedFrame.Person(
            Pose(keypoints: [], box: Box(x: $0, y: 0, width: 40, height: 100), score: 0.9), trackID: id)
        }
      }
      return RecordedFrame(index: index, time: MediaTime(ticks: Int64(index), denominator: 25), people: people)
    }
    try Recording(header: RecordingHeader(name: "a", skeleton: .coco17), frames: frames).write(to: url, as: .jsonLines)
    return Moment.all(try TrackSurvey(RecordingFormat.open(url.path, as: nil)))
  }

  private func track(_ frames: ClosedRange<Int>, _ x: (Int) -> Double) -> [Int: Double] {
    Dictionary(uniqueKeysWithValues: frames.map { ($0, x($0)) })
  }

  @Test func `people who walk alone give none`() throws {
    #expect(try moments([1: track(0...59) { Double($0) * 3 }, 2: track(0...59) { 900 - Double($0) }]).isEmpty)
  }

  @Test func `each kind is found where it is, with the edit that mends it`() throws {
    let cases: [(places: [Int: [Int: Double]], kind: Moment.Kind, frame: Int, edit: String)] = [
      ([1: track(0...59) { $0 < 30 ? 0 : 90 }], .jump, 30, "--split 1@30"),
      (
        [1: track(0...29) { _ in 0 }.merging(track(40...59) { _ in 50 }) { first, _ in first }], .gap, 40,
        "--split 1@40"
      ),
      ([1: track(0...20) { _ in 0 }, 5: track(30...59) { _ in 30 }], .handover, 30, "--merge 1,5"),
      ([4: track(8...9) { _ in 0 }], .short, 8, "--delete 4"),
      (
        [1: track(0...59) { Double($0) * 10 }, 2: track(0...59) { 600 - Double($0) * 10 }], .overlap, 30,
        "--swap 1:2@31"
      ),
    ]
    for (places, kind, frame, edit) in cases {
      let found = try moments(places)
      #expect(found.map(\.kind) == [kind] && found.first?.frame == frame && found.first?.edit == edit, "\(found)")
    }
  }

  @Test func `a link that was hardly clear is found`() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appending(path: "a.jsonl")
    let frames = (0..<60).map { index in
      var person = RecordedFrame.Person(
        Pose(keypoints: [], box: Box(x: 3 * Double(index), y: 0, width: 40, height: 100), score: 0.9), trackID: 1)
      person.margin = [20: 0.3, 40: 0.02][index] ?? 0.8
      return RecordedFrame(index: index, time: MediaTime(ticks: Int64(index), denominator: 25), people: [person])
    }
    try Recording(header: RecordingHeader(name: "a", skeleton: .coco17), frames: frames).write(to: url, as: .jsonLines)
    let survey = try TrackSurvey(RecordingFormat.open(url.path, as: nil))
    let moments = Moment.all(survey)
    #expect(moments.map(\.kind) == [.unclear] && moments.first?.frame == 40 && moments.first?.edit == "--split 1@40")
    #expect(TrackReport.all(survey).map(\.smallestMargin) == [0.02])
  }

  @Test func `the worst come first`() throws {
    let found = try moments([1: track(0...59) { $0 < 30 ? 0 : 300 }, 2: track(8...9) { _ in 900 }])
    #expect(found.map(\.kind) == [.jump, .short])
  }
}
