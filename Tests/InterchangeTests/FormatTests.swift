private import Files
import Foundation
import Interchange
import Pose
import Testing

@Suite struct `Formats of recordings` {
  private let recording = Recording(header: sampleHeader, frames: sampleFrames(3))

  private func write(_ text: String, named name: String, in folder: URL) throws -> URL {
    let url = folder.appending(path: name)
    try Data(text.utf8).write(to: url)
    return url
  }

  /// But no appearance, for which the format has no place.
  @Test func `COCO results keep poses and identities`() throws {
    try withFolder { folder in
      let url = folder.appending(path: "a.coco.json")
      try recording.write(to: url, format: .coco)
      let read = try Recording(url, format: .coco)
      var expected = recording.frames.map(\.people)
      for frame in expected.indices {
        for person in expected[frame].indices { expected[frame][person].pose.appearance = nil }
      }
      #expect(read.frames.map(\.people) == expected)
      #expect(read.frames.map(\.index) == [0, 1, 2])
    }
  }

  @Test func `MOT keeps boxes and identities`() throws {
    try withFolder { folder in
      let url = folder.appending(path: "a.txt")
      try recording.write(to: url, format: .mot)
      let read = try Recording(url, format: .mot)
      #expect(read.frames.map { $0.people.map(\.pose.box) } == recording.frames.map { $0.people.map(\.pose.box) })
      #expect(read.frames.map { $0.people.map(\.trackID) } == recording.frames.map { $0.people.map(\.trackID) })
      #expect(read.frames.map(\.index) == [0, 1, 2])
    }
  }

  @Test func `CSV has one line for every keypoint`() throws {
    try withFolder { folder in
      let url = folder.appending(path: "a.csv")
      try recording.write(to: url, format: .csv)
      let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
      let keypoints = recording.frames.flatMap(\.people).flatMap(\.pose.keypoints).compactMap(\.self)
      #expect(lines.count == 1 + keypoints.count)
      #expect(lines[0] == "frame,seconds,track_id,person,person_score,joint,x,y,score")
      #expect(lines[1] == "0,0,0,0,0.6667,nose,40,30,0.6667")
    }
  }

  @Test func `OpenPose gets a file for every frame with its eighteen joints`() throws {
    try withFolder { folder in
      let target = folder.appending(path: "openpose")
      try recording.write(to: target, format: .openPose)
      #expect(try FileManager.default.contentsOfDirectory(atPath: target.path).count == 3)
      let data = try Data(contentsOf: target.appending(path: "000042_mpii_test_000000000002_keypoints.json"))
      let file = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      let people = try #require(file["people"] as? [[String: Any]])
      #expect((people[1]["pose_keypoints_2d"] as? [Double])?.count == 54)
      #expect(people[1]["person_id"] as? [Int] == [1])
    }
  }

  @Test(arguments: [
    ("a.csv", RecordingFormat.csv), ("a.txt", .mot), ("a.posetrack.json", .poseTrack), ("a.coco.json", .coco),
    ("new.json", .poseTrack), ("folder", .openPose),
  ])
  func `the name tells the format`(name: String, format: RecordingFormat) throws {
    #expect(try RecordingFormat.detect(URL(filePath: "/nowhere/\(name)")) == format)
  }

  @Test func `the content tells the format of JSON`() throws {
    try withFolder { folder in
      let list = try write(" [{}]", named: "a.json", in: folder)
      #expect(try RecordingFormat.detect(list) == .coco)
      let coco = try write("{\"images\":[]}", named: "b.json", in: folder)
      #expect(try RecordingFormat.detect(coco) == .coco)
      let poseTrack = try write("{\"images\":[{\"vid_id\":\"1\"}]}", named: "c.json", in: folder)
      #expect(try RecordingFormat.detect(poseTrack) == .poseTrack)
    }
    #expect(throws: FileError.self) { try RecordingFormat.detect(URL(filePath: "/nowhere/a.mp4")) }
  }

  @Test(arguments: [
    ("1,2,3", "line 1: 3 fields"), ("1,1,0,0,5,5,1\n0,1,0,0,5,5", "line 2: frame and id"), ("1,x,0,0,5,5", "line 1"),
    ("1,1,0,nan,5,5", "line 1: the box"), ("1,1,0,0,-5,5", "line 1: the box"), ("1,1,0,0,1e999,5", "line 1: the box"),
  ])
  func `broken MOT lines are named`(text: String, message: String) throws {
    try withFolder { folder in
      let url = try write(text, named: "det.txt", in: folder)
      #expect {
        try MOTRow.read(url)
      } throws: { error in
        "\(error)".contains(message) && "\(error)".contains("det.txt")
      }
    }
  }

  @Test func `a wrong keypoint set is named`() throws {
    try withFolder { folder in
      let url = folder.appending(path: "a.coco.json")
      try recording.write(to: url, format: .coco)
      #expect {
        try Recording(url, format: .coco, skeleton: .mpii16)
      } throws: { error in
        "\(error)".contains("17 keypoints where mpii16 has 16")
      }
    }
  }
}
