private import Files
import Foundation
import Pose
import TestSupport
import Testing

@testable import Interchange

@Suite struct `COCO files` {
  private func write<Result>(_ text: String, _ body: (URL) throws -> Result) throws -> Result {
    try withFolder { folder in
      let url = folder.appending(path: "people.json")
      try Data(text.utf8).write(to: url)
      return try body(url)
    }
  }

  private static let dataset = """
    {"annotations": [
      {"image_id": 7, "category_id": 3, "bbox": [70, 0, 9, 9], "track_id": 1},
      {"image_id": 5, "category_id": 3, "bbox": [50, 0, 9, 9], "track_id": 1},
      {"image_id": 7, "category_id": 3, "bbox": [71, 0, 9, 9], "track_id": 2},
      {"image_id": 7, "category_id": 4, "bbox": [72, 0, 9, 9]},
      {"image_id": 7, "category_id": 3, "bbox": [73, 0, 9, 9], "iscrowd": 1}],
     "images": [{"id": 7, "file_name": "b.jpg"}, {"id": 6, "file_name": "c.jpg"}, {"id": 5, "file_name": "a.jpg"}],
     "categories": [{"id": 3, "name": "person"}, {"id": 4, "name": "bicycle"}]}
    """

  @Test func `lists in any order give the images by their ids`() throws {
    let recording = try write(Self.dataset) { try Recording($0) }
    #expect(recording.frames.map(\.name) == ["a.jpg", "c.jpg", "b.jpg"])
    #expect(recording.frames.map { $0.people.map(\.pose.box.x) } == [[50], [], [70, 71]])
    #expect(recording.frames.map { $0.people.map(\.trackID) } == [[1], [], [1, 2]])
  }

  @Test(arguments: ["Person", "pedestrian", "PERSON ", "people"])
  func `people are told by the name of their category`(name: String) throws {
    let text = Self.dataset.replacingOccurrences(of: "\"person\"", with: "\"\(name)\"")
    #expect(try write(text) { try Recording($0) }.frames.map(\.people.count) == [1, 0, 2])
    #expect(try write(text) { try BoxList($0) }.frames.map(\.boxes.count) == [2, 0, 1])
  }

  @Test func `a file without people says what it has instead`() {
    let text = Self.dataset.replacingOccurrences(of: "\"person\"", with: "\"dog\"")
    #expect {
      try write(text) { try BoxList($0) }
    } throws: { error in
      "\(error)".contains("dog") && "\(error)".contains("bicycle") && "\(error)".contains("call the category")
    }
  }

  @Test(arguments: [
    ("\"id\": 6", "\"id\": 7", "image 7 is there twice"), ("\"id\": 6", "\"id\": \"6\"", "images[1].id"),
    ("[50, 0, 9, 9]", "[50, 0, 9]", "annotations[1].bbox"),
    ("\"images\"", "\"pictures\"", "has no \"images\""),
    ("\"id\": 4", "\"id\": 3", "categories[1].id: category 3 is there twice"),
  ])
  func `what does not fit together is refused`(part: String, replacement: String, reason: String) {
    #expect {
      try write(Self.dataset.replacingOccurrences(of: part, with: replacement)) { try Recording($0) }
    } throws: { error in
      "\(error)".contains(reason) && "\(error)".contains("people.json")
    }
  }

  @Test func `results of AlphaPose are read`() throws {
    let keypoints = (0..<17).map { "\($0),5,0.9" }.joined(separator: ",")
    let text = """
      [{"image_id": "1.jpg", "category_id": 1, "keypoints": [\(keypoints)], "score": 2.9, "box": [1, 2, 30, 40], "idx": [4.0]},
       {"image_id": "0.jpg", "category_id": 1, "keypoints": [\(keypoints)], "score": 2.8, "box": [5, 6, 30, 40], "idx": 3}]
      """
    let recording = try write(text) { try Recording($0) }
    #expect(recording.frames.map(\.index) == [0, 1])
    #expect(recording.frames.map { $0.people.map(\.trackID) } == [[3], [4]])
    #expect(recording.frames[1].people[0].pose.box == Box(x: 1, y: 2, width: 30, height: 40))
    #expect(recording.frames[1].people[0].pose.keypoints[16]?.point == Point(x: 16, y: 5))
    #expect(try write(text) { try BoxList($0) }.frames.map(\.label.name) == ["0.jpg", "1.jpg"])
  }

  @Test func `boxes in 0 to 1 are refused with the way out`() {
    for text in [
      "[{\"image_id\": 0, \"bbox\": [0.72, 0.27, 0.084, 0.455], \"score\": 0.9}]", "1,-1,0.1,0.2,0.3,0.4,1\n",
      Self.dataset.replacingOccurrences(
        of: "\\[[0-9]+, 0, 9, 9\\]", with: "[0.1, 0.2, 0.3, 0.4]", options: .regularExpression),
    ] {
      for read in [{ _ = try BoxList($0) }, { _ = try Recording($0) }] as [(URL) throws -> Void] {
        #expect {
          try write(text, read)
        } throws: { error in
          "\(error)".contains("normalised") && "\(error)".contains("multiply")
        }
      }
    }
  }

  @Test(arguments: ["NaN", "Infinity", "-Infinity"])
  func `a number that is none is named with its place`(number: String) {
    let text = "[{\"image_id\": 0, \"bbox\": [1, 2, 3, 4]},\n {\"image_id\": 1, \"bbox\": [230, 48, \(number), 82]}]"
    #expect {
      try write(text) { try BoxList($0) }
    } throws: { error in
      "\(error)".contains("line 2, column") && "\(error)".contains("\(number) where a number belongs")
    }
  }

  @Test func `people of several sequences are not one video`() {
    let text = """
      [{"image_id": 10128340007, "category_id": 1, "bbox": [1, 2, 30, 40], "score": 1},
       {"image_id": 10094730007, "category_id": 1, "bbox": [5, 6, 70, 80], "score": 1}]
      """
    #expect {
      try write(text) { try Recording($0) }
    } throws: { error in
      "\(error)".contains("2 sequences")
    }
  }

  @Test func `a hundred thousand boxes of one image are read`() throws {
    let line = #"{"image_id":3,"category_id":1,"bbox":[10,20,30,40],"score":0.5}"#
    let text = "[" + Array(repeating: line, count: 100_000).joined(separator: ",\n") + "]"
    let list = try write(text) { try BoxList($0) }
    #expect(list.frames.count == 1 && list.frames[0].boxes.count == 100_000)
  }
}
