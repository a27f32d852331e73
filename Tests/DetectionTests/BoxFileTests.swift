internal import Foundation
internal import Imaging
internal import Pose
internal import TestSupport
import Testing

@testable internal import Detection

@Suite struct `Box files` {
  private static let video = VideoFacts(name: "street", width: 640, height: 480, frameCount: 3)

  private func open(_ text: String, for video: VideoFacts = video, minimumScore: Double = 0) throws -> BoxFile {
    let url = FileManager.default.temporaryDirectory.appending(path: "boxes \(UUID().uuidString) é.json")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try BoxFile(url, for: video, minimumScore: minimumScore)
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
    #expect(file.boxes(in: view(0)).isEmpty)
    #expect(
      file.boxes(in: view(1)) == [
        ScoredBox(Box(x: 11, y: 20, width: 30, height: 40), score: 0.9),
        ScoredBox(Box(x: 10, y: 20, width: 30, height: 40), score: 0.5),
      ])
  }

  @Test func `MOT detections count frames from 1`() throws {
    let file = try open("1,-1,281.9,187.4,79.9,209.5,0.99,-1,-1,-1\n\n3 -1 1 2 3 4 -1\r\n")
    #expect(file.boxes(in: view(0)) == [ScoredBox(Box(x: 281.9, y: 187.4, width: 79.9, height: 209.5), score: 0.99)])
    #expect(file.boxes(in: view(2)) == [ScoredBox(Box(x: 1, y: 2, width: 3, height: 4), score: 1)])
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
    #expect(file.boxes(in: view(0)).isEmpty)
    #expect(file.boxes(in: view(1)).map(\.box.x) == [1])
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
    #expect(file.boxes(in: view(1)).count == count)
  }

  @Test func `PoseTrack ids of results are sequence and frame`() throws {
    let video = VideoFacts(name: "012834_mpii_test", width: 1920, height: 1080, frameCount: 140)
    let file = try open(
      """
      [{"image_id": 10128340007, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 1},
       {"image_id": 10094730007, "category_id": 1, "bbox": [5, 6, 7, 8], "score": 1}]
      """, for: video)
    #expect(file.boxes(in: view(7)).map(\.box.x) == [1])
  }

  @Test func `Results are matched to images by the number in their names`() throws {
    let video = VideoFacts(
      name: "coco", width: 640, height: 480, frameNames: ["000000000785.jpg", "000000040083.jpg"])
    let file = try open(#"[{"image_id": 40083, "bbox": [1, 2, 3, 4], "score": 1}]"#, for: video)
    #expect(file.boxes(in: view(1)).count == 1)
  }

  @Test(arguments: [
    (#"[{"image_id": 3, "bbox": [1, 2, 3, 4], "score": 1}]"#, "frame 3"),
    ("4,-1,1,2,3,4,1\n", "3 frames"),
    ("1,-1,900,2,3,4,1\n", "outside the 640×480 picture"),
    ("1,-1,9,2,three,4,1\n", "line 1"),
    ("0,-1,9,2,3,4,1\n", "line 1"),
    ("1,-1,9,2\n", "line 1"),
    ("1,-1,9,nan,3,4,1\n", "line 1"),
    (#"[{"image_id": 0, "bbox": [1, 2, 3], "score": 1}]"#, "bbox"),
    (#"[{"image_id": 0, "category_id": 7, "bbox": [1, 2, 3, 4]}]"#, "category_id 1"),
    (#"[{"image_id": 0, "score": 1}]"#, "bbox"),
    (#"[{"bbox": [1, 2, 3, 4]}]"#, "imageId"),
    (#"{"images": []}"#, "annotations"),
    ("[{", "COCO"),
    ("{\"annotations\": 5}", "COCO"),
    (poseTrack, "several"),
  ])
  func `A file that does not fit the video is refused with the reason`(_ text: String, _ reason: String) throws {
    let wanted = reason == "several" ? "holds boxes of 2 videos" : reason
    let error = #expect(throws: DetectionError.self) { try open(text) }
    #expect(error?.description.contains(wanted) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("é.json") == true)
  }

  @Test func `A file that names other images is refused`() throws {
    let video = VideoFacts(name: "walk", width: 640, height: 480, frameNames: ["a1.png", "a2.png"])
    let text =
      #"{"images": [{"id": 1, "file_name": "b7.png"}], "annotations": [{"image_id": 1, "bbox": [1, 2, 3, 4]}]}"#
    let error = #expect(throws: DetectionError.self) { try open(text, for: video) }
    #expect(error?.description.contains("b7.png") == true)
  }

  @Test func `A missing file is refused by name`() {
    let error = #expect(throws: DetectionError.self) {
      try BoxFile(URL(filePath: "/nowhere/boxes.json"), for: Self.video)
    }
    #expect(error?.description.contains("/nowhere/boxes.json") == true)
  }

  @Test func `Boxes without extent are left out`() throws {
    #expect(try open("1,-1,9,2,0,4,1\n1,-1,9,2,5,-4,1\n").boxes(in: view(0)).isEmpty)
  }

  @Test func `A list without boxes has none, an empty file is refused`() throws {
    #expect(try open("[]").boxes(in: view(0)).isEmpty)
    let error = #expect(throws: DetectionError.self) { try open("") }
    #expect(error?.description.contains("is empty") == true)
  }

  @Test func `Published detections fit the videos they were made for`() throws {
    let mot = try SharedFiles.file("media/mot/TUD-Campus-det.txt")
    let poseTrack = try SharedFiles.file("media/posetrack18/annotations/test_posetrack18_human_detections.json")
    let campus = try BoxFile(mot, for: VideoFacts(name: "TUD-Campus", width: 640, height: 480, frameCount: 71))
    #expect(campus.boxes(in: view(0)).count == 6)
    let facts = VideoFacts(name: "012834_mpii_test", width: 1920, height: 1080, frameCount: 140)
    #expect(try !BoxFile(poseTrack, for: facts).boxes(in: view(0)).isEmpty)
  }
}
