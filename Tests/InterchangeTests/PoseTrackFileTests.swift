private import Files
import Foundation
import Interchange
import Pose
import TestSupport
import Testing

@Suite struct `PoseTrack files` {
  private func read(_ text: String) throws -> PoseTrackFile {
    try withFolder { folder in
      let url = folder.appending(path: "poses.json")
      try Data(text.utf8).write(to: url)
      return try PoseTrackFile(url)
    }
  }

  /// One image and one person, with pieces replaced.
  private func sample(_ changes: [(String, String)]) -> String {
    let keypoints = (0..<17).map { "\($0),2,1" }.joined(separator: ",")
    let text = """
      {"images":[{"id":10,"file_name":"images/v/000004.jpg","is_labeled":true,
      "ignore_regions_x":[[0,9,9]],"ignore_regions_y":[[0,0,9]]}],
      "annotations":[{"id":1,"image_id":10,"track_id":3,"bbox":[1,2,3,4],"keypoints":[\(keypoints)],"scores":[]}]}
      """
    return changes.reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
  }

  @Test func `the official layout is read`() throws {
    let file = try read(sample([]))
    #expect(file.images[0].ignoreRegions == [[Point(x: 0, y: 0), Point(x: 9, y: 0), Point(x: 9, y: 9)]])
    #expect(file.annotations[0].trackID == 3)
    #expect(file.annotations[0].scores == nil)
    #expect(file.annotations[0].joints[16].point == Point(x: 16, y: 2))
  }

  @Test(arguments: [
    ("\"id\":10,", "", "images[0]: \"id\" is missing"),
    ("\"image_id\":10", "\"image_id\":\"ten\"", "annotations[0].image_id: the string \"ten\" where a whole number"),
    ("\"image_id\":10", "\"image_id\":1e300", "annotations[0].image_id: 1e+300 where a whole number"),
    ("[1,2,3,4]", "[1,2,3]", "annotations[0].bbox: 3 numbers where 4 belong"),
    ("[1,2,3,4]", "[1,2,3,null]", "annotations[0].bbox[3]: null where a number belongs"),
    ("[1,2,3,4]", "[1,2,3,1e999]", "a number is too large"),
    ("[1,2,3,4]", "[1,2,3,NaN]", "line 3, column"),
    (",\"scores\":[]", ",\"scores\":[1]", "annotations[0].scores: 1 scores for 17 joints"),
    ("0,2,1,1,2,1,", "", "annotations[0].keypoints: 15 joints where the category names 17"),
    ("0,2,1,1,2,1,", "0,", "no list of x, y, score"),
    ("\"annotations\"", "\"annotation\"", "has no \"annotations\""),
    ("]}]}", "]}]", "the text ends in the middle"),
    ("]}]}", "]}]}x", "something follows the end"),
  ])
  func `what is broken is named`(part: String, replacement: String, message: String) {
    #expect {
      try read(sample([(part, replacement)]))
    } throws: { error in
      "\(error)".contains(message) && "\(error)".contains("poses.json")
    }
  }

  @Test func `deep nesting is refused`() {
    #expect(throws: FileError.self) {
      try read("{\"info\":" + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000) + "}")
    }
  }

  @Test func `the files of the benchmark are read`() throws {
    let url = try SharedFiles.file("media/posetrack18/annotations/test_posetrack18_val.json")
    let file = try PoseTrackFile(url)
    #expect(file.images.count == 3)
    #expect(file.annotations.count { $0.headBox != nil } > 0)
  }

  @Test func `files of both years say the same`() throws {
    let old = try SharedFiles.file("reference/evaluation/posetrack/gt17/900103_bonn_test.json")
    let new = try SharedFiles.file("reference/evaluation/posetrack/gt18/900103_bonn_test.json")
    let (first, second) = (try Recording(poseTrack: old), try Recording(poseTrack: new))
    #expect(first.frames.count == second.frames.count)
    for (a, b) in zip(first.frames, second.frames) {
      #expect(a.people.map(\.trackID) == b.people.map(\.trackID))
      #expect(a.people.map(\.pose.keypoints) == b.people.map(\.pose.keypoints))
    }
  }
}
