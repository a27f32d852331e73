private import Files
import Foundation
import Interchange
import Pose
import TestSupport
import Testing

@Suite struct `PoseTrack files` {
  private func read(_ text: String) throws -> [(image: PoseTrackFile.Image, annotations: [PoseTrackFile.Annotation])] {
    try withFile(text) { try PoseTrackFile($0).allFrames }
  }

  private func withFile<Result>(_ text: String, _ body: (URL) throws -> Result) throws -> Result {
    try withFolder { folder in
      let url = folder.appending(path: "poses.json")
      try Data(text.utf8).write(to: url)
      return try body(url)
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
    let (image, people) = try #require(try read(sample([])).first)
    #expect(image.ignoreRegions == [[Point(x: 0, y: 0), Point(x: 9, y: 0), Point(x: 9, y: 9)]])
    #expect(people[0].trackID == 3)
    #expect(people[0].scores == nil)
    #expect(people[0].joints[16].point == Point(x: 16, y: 2))
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
    let frames = try PoseTrackFile(url).allFrames
    #expect(frames.count == 3)
    #expect(frames.flatMap(\.annotations).count { $0.headBox != nil } > 0)
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

  /// Images 0…5 with a person each; every list in its own order.
  private func mixed(_ images: [Int], _ annotations: [Int], index: (Int) -> String) -> String {
    let first = images.map { "{\"id\":\(10 + $0),\"file_name\":\"x/\($0).jpg\"\(index($0))}" }
    let second = annotations.map { "{\"image_id\":\(10 + $0),\"track_id\":\($0),\"bbox\":[\($0),9,9,9]}" }
    return "{\"images\":[\(first.joined(separator: ","))],\n\"annotations\":[\(second.joined(separator: ","))]}"
  }

  @Test(arguments: [[0, 1, 2, 3, 4, 5], [3, 1, 0, 5, 2, 4]], [[0, 1, 2, 3, 4, 5], [5, 0, 2, 2, 1, 5, 3, 4]])
  func `lists in any order give the frames by their index`(images: [Int], annotations: [Int]) throws {
    for index in [{ ",\"index\":\(2 * $0)" }, { _ in "" }] as [(Int) -> String] {
      let frames = try withFile(mixed(images, annotations, index: index)) { try Recording(poseTrack: $0) }.frames
      #expect(frames.map(\.index) == (0..<6).map { index(0).isEmpty ? $0 : 2 * $0 })
      for (number, frame) in frames.enumerated() {
        let expected = annotations.filter { $0 == number }
        #expect(frame.people.map(\.trackID) == expected)
        #expect(frame.people.allSatisfy { $0.pose.box.x == Double(number) })
      }
    }
  }

  @Test func `images without an order of their own keep that of the list`() throws {
    let text = mixed([0, 1, 2], [2, 1, 0], index: { _ in "" }).replacingOccurrences(of: "2.jpg", with: "1.jpg")
    let frames = try withFile(text) { try Recording(poseTrack: $0) }.frames
    #expect(frames.map(\.index) == [0, 1, 2])
    #expect(frames.map { $0.people.map(\.trackID) } == [[0], [1], [2]])
  }

  @Test(arguments: [
    ([1, 0, 1], [0], "", "image 11 is there twice"), ([0, 1], [0], ",\"index\":3", "frame 3 is there twice"),
    ([0], [0], ",\"index\":9223372036854775807", "images[0].index: 9223372036854775807 is no number of a frame"),
    ([0], [0], ",\"index\":9300000000000000", "is no number of a frame"),
    ([0], [0], ",\"index\":-1", "-1 is no number"),
    ([0], [0], ",\"index\":1.5", "where a whole number belongs"),
  ])
  func `what does not fit together is refused`(images: [Int], annotations: [Int], index: String, reason: String) {
    #expect {
      try withFile(mixed(images, annotations, index: { _ in index })) { try Recording(poseTrack: $0) }
    } throws: { error in
      "\(error)".contains(reason) && "\(error)".contains("poses.json")
    }
  }

  @Test(arguments: [[0, 0, 2], [2, 0, 0]])
  func `people of images that are not there are left out with a note`(annotations: [Int]) throws {
    try withFile(mixed([0, 1], annotations, index: { _ in "" })) { url in
      let reader = try RecordingFormat.open(url.path, as: .poseTrack)
      var (frames, people) = (try reader.frames(), 0)
      while let frame = try frames.next() { people += frame.people.count }
      #expect(people == 2)
      #expect(reader.notes.count == 1 && reader.notes[0].hasPrefix("1 of the people"))
    }
  }

  @Test func `the largest index is written and read`() throws {
    try withFolder { folder in
      var frames = sampleFrames(2)
      frames[1].index = 1 << 53
      let read = try Recording(poseTrack: write(frames, to: folder))
      #expect(read.frames == frames)
    }
  }
}
