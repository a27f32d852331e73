import Foundation
import Interchange
import Pose
import TestSupport
import Testing
private import Timing

@Suite struct `Writing PoseTrack files` {
  @Test(arguments: [Skeleton.coco17, .wholeBody133, .mpii16, .poseTrack18])
  func `what was written is read back exactly`(skeleton: Skeleton) throws {
    try withFolder { folder in
      var header = sampleHeader
      header.skeleton = skeleton
      let frames = sampleFrames(5, skeleton: skeleton)
      let read = try Recording(poseTrack: write(frames, to: folder, header: header))
      #expect(read.frames == frames)
      #expect(read.header == header)
    }
  }

  @Test func `empty frames and empty videos are kept`() throws {
    try withFolder { folder in
      let time = MediaTime(ticks: 3, numerator: 1, denominator: 25)
      let size = PictureSize(width: 640, height: 360)
      let empty = RecordedFrame(index: 0, time: time, size: size, people: [TrackedPose]())
      let frames = [empty] + sampleFrames(2).dropFirst()
      let read = try Recording(poseTrack: write(frames, to: folder))
      #expect(read.frames == frames)
      let nothing = try Recording(poseTrack: write([], to: folder))
      #expect(nothing.frames.isEmpty)
    }
  }

  @Test func `the official fields are those of PoseTrack`() throws {
    try withFolder { folder in
      let data = try Data(contentsOf: write(sampleFrames(3), to: folder))
      let file = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      let image = try #require((file["images"] as? [[String: Any]])?.last)
      #expect(image["id"] as? Int == 10_000_420_002)
      #expect(image["frame_id"] as? Int == 10_000_420_002)
      #expect(image["file_name"] as? String == "images/000042_mpii_test/000002.jpg")
      #expect(image["vid_id"] as? String == "000042")
      #expect(image["nframes"] as? Int == 3)
      let annotation = try #require((file["annotations"] as? [[String: Any]])?.last)
      #expect(annotation["image_id"] as? Int == 10_000_420_002)
      #expect(annotation["track_id"] as? Int == 1)
      let keypoints = try #require(annotation["keypoints"] as? [Double])
      let scores = try #require(annotation["scores"] as? [Double])
      #expect(keypoints.count == 51 && scores.count == 17)
      for joint in 0..<17 {
        let isThere = keypoints[3 * joint + 2] == 1
        #expect(isThere == (scores[joint] > 0))
        #expect(isThere || (keypoints[3 * joint] == 0 && keypoints[3 * joint + 1] == 0))
      }
      let category = try #require((file["categories"] as? [[String: Any]])?.first)
      #expect((category["keypoints"] as? [String])?.prefix(3) == ["nose", "head_bottom", "head_top"])
    }
  }

  @Test func `weak keypoints can be left out`() throws {
    try withFolder { folder in
      let url = folder.appending(path: "a.json")
      let all = Recording(header: sampleHeader, frames: sampleFrames(1))
      let strong = Recording(header: all.header, frames: all.frames.map { $0.withoutKeypoints(below: 0.5) })
      try strong.write(to: url, as: .poseTrack)
      let scores = try #require(try PoseTrackFile(url).allFrames[0].annotations[0].scores)
      #expect(scores.contains { $0 >= 0.5 } && scores.allSatisfy { $0 == 0 || $0 >= 0.5 })
      let read = try Recording(poseTrack: url).frames[0].people[0].pose.keypoints
      for (kept, original) in zip(read, all.frames[0].people[0].pose.keypoints) {
        #expect(kept == (original.map { $0.score >= 0.5 } == true ? original : nil))
      }
    }
  }

  @Test func `nothing appears before the end and nothing remains of what is given up`() throws {
    try withFolder { folder in
      do {
        let writer = try PoseTrackWriter(folder.appending(path: "a.json"), header: sampleHeader)
        try writer.append(sampleFrames(1)[0])
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "a.json").path))
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
      try write(sampleFrames(300, people: 4), to: folder)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["000042_mpii_test.json"])
    }
  }

  @Test func `two runs give the same bytes`() throws {
    try withFolder { folder in
      let first = try Data(contentsOf: write(sampleFrames(20), to: folder, named: "a.json"))
      let second = try Data(contentsOf: write(sampleFrames(20), to: folder, named: "b.json"))
      #expect(first == second)
    }
  }

  @Test func `a folder that is not there is named`() {
    #expect {
      try PoseTrackWriter(URL(filePath: "/nowhere/at/all/a.json"), header: sampleHeader)
    } throws: { error in
      "\(error)".contains("/nowhere/at/all/a.json") && "\(error)".contains("folder does not exist")
    }
  }
}
