private import Foundation
private import TestSupport
import Testing

/// `posetrail reproduce` over real annotated pictures in the folders of their data sets.
@Suite struct `Reproducing published rows` {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private static let network = Samples.folder.deletingLastPathComponent().appending(
    path: "Sources/CEmbeddedModels/models/pose-coco17.onnx")

  private func link(_ name: String, to file: URL) throws {
    let target = place.url("data/\(name)")
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(at: target, withDestinationURL: file)
  }

  /// Four photos of COCO with their labels and the published boxes.
  private func makeCOCO() throws {
    let folder = try SharedFiles.file("media/coco")
    try link("val2017", to: folder)
    try link("annotations/person_keypoints_val2017.json", to: folder.appending(path: "test_coco.json"))
    try link(
      "person_detection_results/COCO_val2017_detections_AP_H_56_person.json",
      to: folder.appending(path: "test_coco_det_AP_H_56.json"))
  }

  private func makePoseTrack() throws {
    let folder = try SharedFiles.file("media/posetrack18")
    try link("images", to: folder.appending(path: "images"))
    try link("annotations/val", to: folder.appending(path: "annotations/val"))
    for (name, file) in [
      ("posetrack18_val", "test_posetrack18_val"),
      ("posetrack18_val_human_detections", "test_posetrack18_human_detections"),
    ] {
      try link("annotations/\(name).json", to: folder.appending(path: "annotations/\(file).json"))
    }
  }

  private func reproduce(_ row: String, _ options: String...) throws -> Posetrail.Outcome {
    try Posetrail.run(["reproduce", row, "--data", "data", "-o", "out", "--quiet"] + options, in: place.folder)
  }

  private func results(_ name: String) throws -> [[String: Any]] {
    try JSONSerialization.jsonObject(with: Data(contentsOf: place.url("out/\(name)"))) as? [[String: Any]] ?? []
  }

  /// A network with random weights, of which mmpose says what it finds.
  private func describe(_ name: String, as keypointSet: String) throws -> String {
    let network = try #require(try ReferenceNetwork(name).file("onnx"))
    try place.write(
      "random.json",
      """
      {"kind": "pose", "input_size": [192, 256], "keypoint_set": "\(keypointSet)", "codec": {"type": "heatmap"},
       "model": "\(network.path)"}
      """)
    return "random.json"
  }

  @Test func `a network of one's own is measured with labelled and with published boxes`() throws {
    try makeCOCO()
    let labelled = try reproduce(Self.network.path, "--on", "coco", "--boxes", "ground-truth", "--json", "figures.json")
    #expect(labelled.status == 0, "\(labelled.messages)")
    let figures = try JSONSerialization.jsonObject(with: Data(contentsOf: place.url("figures.json"))) as? [String: Any]
    let precision = try #require((figures?["figures"] as? [String: Any])?["AP"] as? Double)
    #expect(precision > 0.5, "\(labelled.output)")
    let other = try reproduce(Self.network.path, "--on", "coco")
    #expect(other.status == 2 && other.messages.contains("--force"), "\(other.messages)")
    let detected = try reproduce(Self.network.path, "--on", "coco", "--force")
    #expect(detected.status == 0 && detected.output.contains("AP50"), "\(detected.messages)")
    // Scores are the network's own by the box's, and duplicates are gone.
    let found = try results("pose-coco17.coco.results.json")
    #expect(found.count > 10)
    let own = try place.run(
      "evaluate", "coco", "--ground-truth", "data/annotations/person_keypoints_val2017.json", "--predictions",
      "out/pose-coco17.coco.results.json")
    #expect(detected.output.hasSuffix(own.output), "\(own)")
  }

  @Test func `shards and a rest are joined to what one run gives`() throws {
    try makeCOCO()
    let row = Self.network.path
    let first = try reproduce(row, "--on", "coco", "--boxes", "ground-truth", "--shard", "2/3")
    #expect(first.status == 0 && first.messages.contains("of 4 pictures are done"), "\(first.messages)")
    // A run that was killed left half a line.
    let journal = place.url("out/pose-coco17.coco.2-of-3.jsonl")
    let text = try String(contentsOf: journal, encoding: .utf8)
    try Data((text + "{\"image\":785,\"peo").utf8).write(to: journal)
    #expect(try reproduce(row, "--on", "coco", "--boxes", "ground-truth").status == 0)
    let joined = try Data(contentsOf: place.url("out/pose-coco17.coco.results.json"))
    try FileManager.default.removeItem(at: place.url("out"))
    #expect(try reproduce(row, "--on", "coco", "--boxes", "ground-truth").status == 0)
    #expect(try Data(contentsOf: place.url("out/pose-coco17.coco.results.json")) == joined)
  }

  /// From the JPEG file on: the crop, the flip test and the scores are those of mmpose.
  @Test func `keypoints of labelled boxes are those of mmpose`() throws {
    try makeCOCO()
    let outcome = try reproduce(
      describe("sb_res50_256x192", as: "coco17"), "--on", "coco", "--boxes", "ground-truth")
    #expect(outcome.status == 0, "\(outcome.messages)")
    let found = try results("random.coco.results.json")
    let photos = try ReferencePhoto.all(of: "sb_res50_256x192").filter { $0.flipTest && $0.image.contains("coco_") }
    var (compared, near) = (0, 0)
    for (photo, person) in photos.flatMap({ photo in photo.results.map { (photo, $0) } }) {
      let match = found.first { result in
        let box = result["bbox"] as? [Double] ?? []
        return zip(box, person.bboxXywh).allSatisfy { abs($0 - $1) < 0.01 } && !box.isEmpty
      }
      guard let keypoints = match?["keypoints"] as? [Double] else { continue }
      for (joint, point) in person.keypoints.enumerated() where person.scores[joint] > 0 {
        #expect(abs(keypoints[3 * joint + 2] - person.scores[joint]) < 0.02, "\(photo.image) \(joint)")
        // Another decoder moves the maxima of random maps by far, where two are about as high.
        guard person.isSteady(joint) else { continue }
        compared += 1
        if hypot(keypoints[3 * joint] - point[0], keypoints[3 * joint + 1] - point[1]) < 0.5 { near += 1 }
      }
    }
    #expect(compared > 15)
    // In nine of ten, since the maxima of random maps jump between places about as high.
    #expect(10 * near >= 9 * compared, "\(near) of \(compared)")
  }

  @Test(arguments: ["ground-truth", "detected"])
  func `videos of PoseTrack are measured with every labelled or published box`(boxes: String) throws {
    try makePoseTrack()
    let outcome = try reproduce(
      describe("sb_res50_256x192", as: "posetrack18"), "--on", "posetrack18", "--boxes", boxes)
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.contains("Total") && outcome.output.contains("AP precision"), "\(outcome.output)")
    #expect(try place.contents("out/random.posetrack18.results").count == 3)
  }

  @Test func `poses that are alike are suppressed where that is asked for`() throws {
    try place.makeVideo("clip.mp4", times: .steady(2))
    try place.write("boxes.txt", (1...2).map { "\($0),1,5,5,30,50,0.9\n\($0),2,5,5,30,50,0.8\n" }.joined())
    for (options, count) in [([], 4), (["--pose-nms", "oks"], 2), (["--pose-nms", "soft-oks"], 4)] {
      let outcome = try Posetrail.run(
        ["estimate", "clip.mp4", "-o", "out", "--force", "--boxes", "boxes.txt"] + options, in: place.folder)
      #expect(outcome.messages.contains("\(count) poses in 2 frames"), "\(options) \(outcome.messages)")
    }
    #expect(
      try place.run("estimate", "clip.mp4", "-o", "out", "--pose-nms", "oks", "--pose-nms-threshold", "2").status == 2)
  }

  @Test func `what is missing is listed with where it is from`() throws {
    try FileManager.default.createDirectory(at: place.url("data"), withIntermediateDirectories: true)
    let outcome = try reproduce(Self.network.path, "--on", "coco")
    #expect(outcome.status == 2)
    for part in ["annotations/person_keypoints_val2017.json", "val2017:", "cocodataset.org", "1 GB", "104,125 boxes"] {
      #expect(outcome.messages.contains(part), "\(outcome.messages)")
    }
    let labelled = try reproduce(Self.network.path, "--on", "coco", "--boxes", "ground-truth")
    #expect(!labelled.messages.contains("104,125 boxes"))
  }

  @Test func `missing pictures, other keypoints and unknown rows are refused`() throws {
    try makeCOCO()
    try FileManager.default.removeItem(at: place.url("data/val2017"))
    try FileManager.default.createDirectory(at: place.url("data/val2017"), withIntermediateDirectories: true)
    let missing = try reproduce(Self.network.path, "--on", "coco")
    #expect(missing.status == 2 && missing.messages.contains("000000000785.jpg: is missing"), "\(missing.messages)")
    let others = try reproduce(Self.network.path, "--on", "crowdpose")
    #expect(others.status == 2 && others.messages.contains("those of crowdpose14"), "\(others.messages)")
    #expect(try reproduce(Self.network.path).messages.contains("name a benchmark with --on"))
    #expect(try reproduce(Self.network.path, "--on", "nope").messages.contains("there is no benchmark nope"))
    #expect(try reproduce(Self.network.path, "--on", "coco", "--shard", "3/2").status == 2)
  }
}
