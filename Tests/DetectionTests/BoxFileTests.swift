internal import Foundation
internal import Imaging
internal import Pose
internal import TestSupport
import Testing

@testable internal import Detection

@Suite struct `Box files` {
  private static let video = VideoFacts(name: "street", width: 640, height: 480, frameCount: 3)

  private func open(
    _ text: String, for video: VideoFacts = video, minimumScore: Double? = nil, numbering: FrameNumbering? = nil,
    suffix: String? = nil
  ) throws -> BoxFile {
    let suffix = suffix ?? (text.first?.isNumber == true ? ".txt" : ".json")
    let url = FileManager.default.temporaryDirectory.appending(path: "boxes \(UUID().uuidString) é\(suffix)")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try BoxFile(url, for: video, minimumScore: minimumScore, numbering: numbering)
  }

  private func view(_ index: Int) -> FrameView {
    FrameView(index: index, picture: .rgb(Image(width: 1, height: 1)))
  }

  @Test func `COCO results are matched by frame index, persons only, best first`() throws {
    let file = try open(
      """
      [{"image_id": 1, "category_id": 1, "bbox": [10, 20, 30, 40], "score": 0.5},
       {"image_id": 1, "category_id": 1, "bbox": [11, 20, 30, 40], "score": 0.9},
       {"image_id": 1, "category_id": 1, "bbox": [12, 20, 30, 40], "score": 0.1},
       {"image_id": 1, "category_id": 3, "bbox": [13, 20, 30, 40], "score": 0.9}]
      """, minimumScore: 0.2)
    #expect(try file.boxes(in: view(0)).isEmpty)
    #expect(
      try file.boxes(in: view(1)) == [
        ScoredBox(Box(x: 11, y: 20, width: 30, height: 40), score: 0.9),
        ScoredBox(Box(x: 10, y: 20, width: 30, height: 40), score: 0.5),
      ])
  }

  @Test func `MOT detections count frames from 1`() throws {
    let file = try open("1,-1,281.9,187.4,79.9,209.5,0.99,-1,-1,-1\n\n3 -1 1 2 3 4 -1\r\n")
    #expect(
      try file.boxes(in: view(0)) == [ScoredBox(Box(x: 281.9, y: 187.4, width: 79.9, height: 209.5), score: 0.99)])
    #expect(try file.boxes(in: view(2)) == [ScoredBox(Box(x: 1, y: 2, width: 3, height: 4), score: 1)])
  }

  private static let poseTrack = """
    {"images": [{"id": 10000010000, "file_name": "images/val/000001_mpii_test/000000.jpg"},
                {"id": 10000010001, "file_name": "images/val/000001_mpii_test/000001.jpg"},
                {"id": 10000020000, "file_name": "images/val/000002_mpii_test/000000.jpg"}],
     "categories": [{"id": 1, "name": "person"}],
     "annotations": [{"image_id": 10000010001, "bbox": [1, 2, 3, 4], "bbox_head": [0, 0, 1, 1], "category_id": 1},
                     {"image_id": 10000020000, "bbox": [5, 6, 7, 8], "category_id": 1}]}
    """

  @Test func `PoseTrack18 files are matched by image name within the sequence called like the video`() throws {
    let video = VideoFacts(
      name: "000001_mpii_test", width: 640, height: 480, frameNames: ["000000.jpg", "000001.jpg"])
    let file = try open(Self.poseTrack, for: video)
    #expect(try file.boxes(in: view(0)).isEmpty)
    #expect(try file.boxes(in: view(1)).map(\.box.x) == [1])
    let encoded = VideoFacts(name: "000002_mpii_test", width: 640, height: 480, frameCount: 20)
    #expect(try open(Self.poseTrack, for: encoded).boxes(in: view(0)).map(\.box.x) == [5])
  }

  @Test(arguments: [("false", 1), ("true", 0), ("0", 1), ("1", 0)])
  func `Crowds are no boxes, by number or by truth`(value: String, count: Int) throws {
    let video = VideoFacts(name: "clip", width: 640, height: 480, frameCount: 2)
    let file = try open(
      """
      [{"image_id": 0, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 1, "iscrowd": 0},
       {"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 1, "iscrowd": \(value)}]
      """, for: video)
    #expect(try file.boxes(in: view(1)).count == count)
  }

  @Test func `PoseTrack ids of results are sequence and frame`() throws {
    let video = VideoFacts(name: "012834_mpii_test", width: 1920, height: 1080, frameCount: 140)
    let file = try open(
      """
      [{"image_id": 10128340007, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 1},
       {"image_id": 10094730007, "category_id": 1, "bbox": [5, 6, 7, 8], "score": 1}]
      """, for: video)
    #expect(try file.boxes(in: view(7)).map(\.box.x) == [1])
  }

  @Test(arguments: [("000001_mpiinew_test", [1.0]), ("000001_mpii_test", [5]), ("000001_bonn_train", [1, 5])])
  func `Sequences of one number are told apart by their kind, where ids have it`(name: String, left: [Double]) throws {
    let video = VideoFacts(name: name, width: 1920, height: 1080, frameCount: 140)
    let file = try open(
      """
      [{"image_id": 10000010007, "category_id": 1, "bbox": [5, 6, 7, 8], "score": 0.5},
       {"image_id": 30000010007, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 1}]
      """, for: video)
    #expect(try file.boxes(in: view(7)).map(\.box.x) == left)
  }

  @Test func `Results are matched to images by the number in their names`() throws {
    let video = VideoFacts(
      name: "coco", width: 640, height: 480, frameNames: ["000000000785.jpg", "000000040083.jpg"])
    let file = try open(#"[{"image_id": 40083, "bbox": [1, 2, 3, 4], "score": 1}]"#, for: video)
    #expect(try file.boxes(in: view(1)).count == 1)
  }

  @Test(arguments: [
    (#"[{"image_id": 3, "bbox": [1, 2, 3, 4], "score": 1}]"#, "image 3"),
    ("4,-1,1,2,3,4,1\n", "3 frames"),
    ("1,-1,900,2,3,4,1\n", "outside the 640×480 picture"),
    ("1,-1,9,2,three,4,1\n", "line 1"),
    ("0,-1,9,2,3,4,1\n", "line 1"),
    ("1,-1,9,2\n", "line 1"),
    ("1,-1,9,nan,3,4,1\n", "line 1"),
    (#"[{"image_id": 0, "bbox": [1, 2, 3], "score": 1}]"#, "bbox"),
    (#"[{"image_id": 0, "category_id": 7, "bbox": [1, 2, 3, 4]}]"#, "category_id 1"),
    (#"[{"image_id": 0, "score": 1}]"#, "bbox"),
    (#"[{"bbox": [1, 2, 3, 4]}]"#, "image_id"),
    (#"{"images": []}"#, "annotations"),
    ("[{", "the text ends in the middle"),
    ("{\"annotations\": 5}", "\"[\" was expected"),
    (poseTrack, "holds boxes of 2 videos"),
    (#"[{"image_id": 1, "bbox": [1, 2, 3, 4]}, {"image_id": 3, "bbox": [1, 2, 3, 4]}]"#, "--box-numbers 1"),
    ("1,-1,9,2,5,-4,1\n", "line 1"),
  ])
  func `A file that does not fit the video is refused with the reason`(_ text: String, _ reason: String) throws {
    #expect {
      try open(text)
    } throws: { error in
      let message = "\(error)"
      if !message.contains(reason) { Issue.record("\(message)") }
      return message.contains("é.json") || message.contains("é.txt")
    }
  }

  @Test func `A file that names other images is refused`() throws {
    let video = VideoFacts(name: "walk", width: 640, height: 480, frameNames: ["a1.png", "a2.png"])
    let text =
      #"{"images": [{"id": 1, "file_name": "b7.png"}], "annotations": [{"image_id": 1, "bbox": [1, 2, 3, 4]}]}"#
    let error = #expect(throws: DetectionError.self) { try open(text, for: video) }
    #expect(error?.description.contains("b7.png") == true)
  }

  @Test func `A missing file is refused by name`() {
    #expect {
      try BoxFile(URL(filePath: "/nowhere/boxes.json"), for: Self.video)
    } throws: { error in
      "\(error)".contains("/nowhere/boxes.json")
    }
  }

  @Test func `Boxes without extent are left out`() throws {
    #expect(try open("1,-1,9,2,0,4,1\n1,-1,9,2,5,0,1\n").boxes(in: view(0)).isEmpty)
  }

  @Test func `A list without boxes has none, an empty file is refused`() throws {
    #expect(try open("[]").boxes(in: view(0)).isEmpty)
    #expect(try open("", suffix: ".txt").boxes(in: view(0)).isEmpty)
    #expect {
      try open("")
    } throws: { error in
      "\(error)".contains("is empty")
    }
  }

  @Test func `Each picture of a folder has a size of its own`() throws {
    let facts = VideoFacts(name: "photos", width: 10, height: 10, frameNames: ["1.jpg", "2.jpg"])
    let file = try open(
      """
      [{"image_id": 2, "file_name": "2.jpg", "category_id": 1, "bbox": [50, 60, 20, 30], "score": 0.9},
       {"image_id": 2, "file_name": "2.jpg", "category_id": 1, "bbox": [150, 60, 20, 30], "score": 0.8}]
      """, for: facts)
    func photo(_ width: Int, _ height: Int) -> FrameView {
      FrameView(index: 1, picture: .rgb(Image(width: width, height: height)), name: "2.jpg")
    }
    #expect(try file.boxes(in: photo(100, 100)).map(\.score) == [0.9])
    #expect {
      try file.boxes(in: photo(40, 100))
    } throws: { error in
      "\(error)".contains("all 2 boxes of 2.jpg lie outside its 40×100 pixels")
    }
  }

  @Test func `Boxes of a whole data set serve a folder with a part of its pictures`() throws {
    let facts = VideoFacts(
      name: "photos", width: 640, height: 480, frameNames: ["000000000139.jpg", "000000000785.jpg"])
    let rows = [139, 285, 632, 785].map {
      "{\"image_id\": \($0), \"category_id\": 1, \"bbox\": [\($0), 2, 3, 4], \"score\": 1}"
    }
    let file = try open("[\(rows.joined(separator: ","))]", for: facts)
    #expect(try [0, 1].map { try file.boxes(in: view($0)).map(\.box.x) } == [[139], [785]])
  }

  @Test func `Published detections fit the videos they were made for`() throws {
    let mot = try SharedFiles.file("media/mot/TUD-Campus-det.txt")
    let poseTrack = try SharedFiles.file("media/posetrack18/annotations/test_posetrack18_human_detections.json")
    let campus = try BoxFile(mot, for: VideoFacts(name: "TUD-Campus", width: 640, height: 480, frameCount: 71))
    #expect(try campus.boxes(in: view(0)).count == 6)
    let facts = VideoFacts(name: "012834_mpii_test", width: 1920, height: 1080, frameCount: 140)
    #expect(try !BoxFile(poseTrack, for: facts).boxes(in: view(0)).isEmpty)
  }

  /// The frames, of six, that have a box; nobody is in the first or in the last.
  private func frames(_ file: BoxFile) throws -> [Int] { try (0..<6).filter { try !file.boxes(in: view($0)).isEmpty } }

  private static let folder = VideoFacts(
    name: "frames", width: 640, height: 480, frameNames: (1...6).map { "img_000\($0).jpg" })
  private static let clip = VideoFacts(name: "clip", width: 640, height: 480, frameCount: 6)

  private func dataset(_ names: [String], own: Bool = false) -> String {
    let images = names.enumerated().map {
      "{\"id\": \($0 + 90), \"file_name\": \"x/\($1)\"\(own ? ", \"index\": \($0)" : "")}"
    }
    let boxes = (1...4).map { "{\"image_id\": \($0 + 90), \"bbox\": [1, 2, 3, 4]}" }
    let info = own ? "\"info\": {\"vid_id\": 0}, " : ""
    return "{\(info)\"images\": [\(images.joined(separator: ","))], \"annotations\": [\(boxes.joined(separator: ","))]}"
  }

  @Test(arguments: [true, false])
  func `who has boxes does not decide how a list of images is counted`(isFolder: Bool) throws {
    let video = isFolder ? Self.folder : Self.clip
    let fromOne = dataset((1...6).map { "img_000\($0).jpg" })
    #expect(try frames(open(fromOne, for: video)) == [1, 2, 3, 4])
    guard !isFolder else { return }
    let fromZero = dataset((0...5).map { "00000\($0).jpg" })
    #expect(try frames(open(fromZero, for: video)) == [1, 2, 3, 4])
    let own = dataset((0...5).map { "00000\($0).jpg" }, own: true)
    #expect(try frames(open(own, for: video)) == [1, 2, 3, 4])
  }

  @Test func `a file of more pictures than the folder has is taken by their names, whatever it counts`() throws {
    let own = dataset((0...5).map { "img_000\($0).jpg" }, own: true)
      .replacing(#/"file_name": "x\/(\w+).jpg"/#) { "\($0.output.0), \"name\": \"\($0.output.1).jpg\"" }
    let part = VideoFacts(name: "x", width: 640, height: 480, frameNames: ["img_0002.jpg", "img_0005.jpg"])
    #expect(try frames(open(own, for: part)) == [0])
  }

  @Test(arguments: [
    ("000001_mpiinew_test", 3), ("000001_mpiinew_test", 1), ("020822_bonn_test", 2), ("020822_bonn_test", 1),
  ])
  func `ids of every kind of PoseTrack sequence are known, also of more frames than there are`(
    name: String, kind: Int
  ) throws {
    let sequence = try #require(Int(name.prefix(6)))
    let rows = (0..<50).map {
      "{\"image_id\": \(kind * 10_000_000_000 + sequence * 10_000 + $0), \"bbox\": [\($0), 2, 3, 4], \"score\": 1}"
    }
    let folder = VideoFacts(
      name: name, width: 640, height: 480, frameNames: (3...5).map { "00000\($0).jpg" })
    let file = try open("[\(rows.joined(separator: ","))]", for: folder)
    #expect(try (0..<3).map { try file.boxes(in: view($0)).map(\.box.x) } == [[3], [4], [5]])
  }

  @Test func `scores stay on the scale of the file`() throws {
    let text = "1,-1,1,2,3,4,-0.5\n1,-1,5,2,3,4,54.5\n"
    #expect(try open(text).boxes(in: view(0)).map(\.score) == [54.5, -0.5])
    #expect(try open(text, minimumScore: 0).boxes(in: view(0)).map(\.score) == [54.5])
  }

  @Test func `the index that PoseTrail states holds for images of any name`() throws {
    let own = dataset((0...5).map { "00000\($0).jpg" }, own: true)
    #expect(try frames(open(own, for: Self.folder)) == [1, 2, 3, 4])
  }

  private func results(_ numbers: ClosedRange<Int>, name: (Int) -> String? = { _ in nil }) -> String {
    let rows = numbers.map { number in
      let name = name(number).map { ", \"file_name\": \"\($0)\"" } ?? ""
      return "{\"image_id\": \(number)\(name), \"bbox\": [1, 2, 3, 4], \"score\": 1}"
    }
    return "[\(rows.joined(separator: ","))]"
  }

  @Test func `results with names are found by these, in a video by their number`() throws {
    let named = results(1...4) { "img_000\($0 + 1).jpg" }
    #expect(try frames(open(named, for: Self.folder)) == [1, 2, 3, 4])
    #expect(try frames(open(named, for: Self.clip)) == [1, 2, 3, 4])
  }

  @Test func `names of AlphaPose count from 0`() throws {
    let text = results(1...4).replacing(#/"image_id": (\d)/#) { "\"image_id\": \"\($0.output.1).jpg\"" }
    #expect(try frames(open(text, for: Self.clip)) == [1, 2, 3, 4])
  }

  @Test func `numbers that may be indices or names are asked for`() throws {
    #expect {
      try open(results(1...4), for: Self.folder)
    } throws: { error in
      "\(error)".contains("img_0002.jpg") && "\(error)".contains("img_0001.jpg")
        && "\(error)".contains("--box-numbers names")
    }
    for (numbering, expected) in [(FrameNumbering.zero, [1, 2, 3, 4]), (.one, [0, 1, 2, 3]), (.names, [0, 1, 2, 3])] {
      #expect(try frames(open(results(1...4), for: Self.folder, numbering: numbering)) == expected)
    }
    #expect(try frames(open(results(2...5), for: Self.clip, numbering: .one)) == [1, 2, 3, 4])
    // What can be one thing only needs no answer.
    #expect(try frames(open(results(3...6), for: Self.folder)) == [2, 3, 4, 5])
    #expect(try frames(open(results(0...4), for: Self.folder)) == [0, 1, 2, 3, 4])
  }
}
