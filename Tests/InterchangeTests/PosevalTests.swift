private import Files
import Foundation
import Pose
import TestSupport
import Testing

@testable import Interchange

@Suite struct `Files for poseval` {
  private func poseval(_ frames: [RecordedFrame], named name: String) throws -> PoseTrackFile {
    try withFolder { folder in
      let url = folder.appending(path: name)
      try Recording(header: RecordingHeader(name: "any clip", skeleton: .coco17), frames: frames)
        .write(to: url, as: .poseval)
      return try PoseTrackFile(url)
    }
  }

  @Test(arguments: [
    ("000001_mpii_x", 10_000_010_000), ("000010_bonn_train", 20_000_100_000), ("000003_mpiinew_test", 30_000_030_000),
  ])
  func `the file's name is the sequence`(name: String, id: Int) throws {
    let images = try poseval(sampleFrames(2), named: name + ".json").allFrames.map(\.image)
    #expect(images.map(\.id) == [id, id + 1])
    #expect(images.map(\.fileName) == (0...1).map { "images/\(name)/00000\($0).jpg" })
  }

  @Test(arguments: ["clip.json", "1_mpii_x.json", "000001_mpii.json", "000001_other_x.json"])
  func `other names are refused, as poseval stops at them`(name: String) {
    #expect {
      try poseval(sampleFrames(1), named: name)
    } throws: { error in
      "\(error)".contains("NNNNNN_mpii_") && "\(error)".contains(name)
    }
  }

  @Test func `people without a track of their own are refused`() {
    var frames = sampleFrames(1)
    frames[0].people[1].trackID = 0
    #expect(throws: FileError.self) { try poseval(frames, named: "000001_mpii_x.json") }
    frames[0].people[1].trackID = nil
    #expect(throws: FileError.self) { try poseval(frames, named: "000001_mpii_x.json") }
  }

  @Test func `ids of annotations differ, however many people there are`() throws {
    let pose = Pose(keypoints: [], box: Box(x: 0, y: 0, width: 9, height: 9), score: 1)
    let frames = (0..<3).map { frame in
      RecordedFrame(index: frame, time: nil, people: (0..<2500).map { .init(pose, trackID: $0) })
    }
    try withFolder { folder in
      let url = try write(frames, to: folder)
      let json = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
      let annotations = try #require(json?["annotations"] as? [[String: Any]])
      let ids = annotations.compactMap { $0["id"] as? Int }
      #expect(ids.count == 7500 && Set(ids).count == 7500)
      #expect(ids[1] == 10_000_420_000_001)
    }
  }

  @Test func `PoseTrack 2021 says who somebody is`() throws {
    try withFolder { folder in
      let url = folder.appending(path: "a.posetrack21.json")
      try Recording(header: sampleHeader, frames: sampleFrames(2)).write(to: url, as: .poseTrack21)
      let json = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
      let annotations = try #require(json?["annotations"] as? [[String: Any]])
      #expect(annotations.allSatisfy { $0["person_id"] as? Int == $0["track_id"] as? Int && $0["person_id"] != nil })
      let images = try #require(json?["images"] as? [[String: Any]])
      #expect(images.allSatisfy { $0["has_labeled_person"] as? Bool == true })
    }
  }
}
