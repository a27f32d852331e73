import Evaluation
import Foundation
import Interchange
import TestSupport
import Testing

@Suite struct `COCO evaluation` {
  private func compare(_ set: String, tool: String, part: String? = nil, _ evaluation: KeypointEvaluation) throws {
    let folder = try ReferenceFolder.find("coco/\(set)")
    let dataset = try COCODataset(folder.appending(path: "gt.json"))
    let data = try Data(contentsOf: folder.appending(path: "expected.json"))
    let expected = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let results = try #require(expected["results"] as? [String: [String: Any]])
    for (variant, tools) in results
    where ["noise_mid", "crowd_hits", "part_scores"].contains(variant) {
      let predictions = try COCOPredictions(folder.appending(path: "pred_\(variant).json"))
      var numbers = try #require(tools[tool] as? [String: Any], "\(tools.keys)")
      if let part { numbers = try #require(numbers[part] as? [String: Any]) }
      let table = try evaluation(dataset, predictions)
      for (name, value) in numbers {
        let value = try #require(value as? Double)
        let tolerance = name.hasPrefix("AP_") ? 5.1e-5 : 1e-9
        #expect(
          abs((table[name] ?? -9) - value) < tolerance,
          "\(set) \(variant) \(part ?? "") \(name) \(table[name] ?? -9) \(value)")
      }
    }
  }

  @Test(arguments: ["coco_synthetic", "coco_mmpose_test"])
  func `keypoints of COCO score as in pycocotools`(set: String) throws {
    try compare(set, tool: "pycocotools", .coco)
  }

  @Test(arguments: ["synthetic", "mmpose_test"], ["coco", "ochuman", "aic", "crowdpose"])
  func `other sets score as in xtcocotools`(kind: String, set: String) throws {
    switch set {
    case "aic": try compare("aic_\(kind)", tool: "xtcocotools", .aic)
    case "crowdpose": try compare("crowdpose_\(kind)", tool: "xtcocotools_keypoints_crowd", .crowdPose)
    default: try compare("\(set)_\(kind)", tool: "xtcocotools", .ochuman)
    }
  }

  @Test(arguments: ["synthetic", "mmpose_test"], KeypointEvaluation.WholeBodyPart.allCases)
  func `parts of the whole body score as in xtcocotools`(kind: String, part: KeypointEvaluation.WholeBodyPart) throws {
    try compare("wholebody_\(kind)", tool: "xtcocotools", part: part.rawValue, .wholeBody(part))
  }

  @Test(arguments: ["noise_mid", "part_scores", "empty"])
  func `the whole body is one table, with a picture of all parts`(variant: String) throws {
    let folder = try ReferenceFolder.find("coco/wholebody_synthetic")
    let report = try EvaluationProtocol.wholeBody.report(
      folder.appending(path: "gt.json"), folder.appending(path: "pred_\(variant).json"), wantsPlot: true)
    let expected = try Expected(folder)("results", variant, "xtcocotools")
    for part in KeypointEvaluation.WholeBodyPart.allCases {
      for name in ["AP", "AP50", "AR"] {
        report.table.expect("\(part.rawValue).\(name)", try expected(part.rawValue, name).number, variant)
      }
    }
    let hands = try (expected("lefthand", "AP").number + expected("righthand", "AP").number) / 2
    report.table.expect("hand.AP", hands, variant)
    #expect(report.text().split(separator: "\n").count == 8)
    #expect(try #require(report.plot).contains("wholebody"))
  }

  @Test func `poses in another format are found by the names of their pictures`() throws {
    let folder = try TemporaryFolder()
    let truth = """
      {"images":[{"id":7,"file_name":"b.jpg"},{"id":3,"file_name":"a.jpg"}],"annotations":[
      \([(1, 7), (2, 3)].map { id, image in
        "{\"id\":\(id),\"image_id\":\(image),\"category_id\":1,\"bbox\":[0,0,90,90],\"area\":8100,\"iscrowd\":0,"
          + "\"num_keypoints\":17,\"keypoints\":[\(Self.points(image).map { "\($0),\($0),2" }.joined(separator: ","))]}"
      }.joined(separator: ","))]}
      """
    let lines = [(0, "a.jpg", 3), (1, "b.jpg", 7)].map { frame, name, image in
      "{\"frame\":\(frame),\"name\":\"\(name)\",\"keypoint_set\":\"coco17\",\"people\":[{\"bbox\":[0,0,90,90],\"score\":1.5,"
        + "\"keypoints\":[\(Self.points(image).map { "\($0),\($0),1.7" }.joined(separator: ","))]}]}\n"
    }
    try Data(truth.utf8).write(to: folder.file("gt.json"))
    try Data(lines.joined().utf8).write(to: folder.file("found.jsonl"))
    let table = try EvaluationProtocol.coco.table(folder.file("gt.json"), folder.file("found.jsonl"))
    #expect(abs((table["AP"] ?? 0) - 1) < 1e-9)
    try Data(lines.joined().replacing("b.jpg", with: "c9.jpg").utf8).write(to: folder.file("other.jsonl"))
    #expect {
      try EvaluationProtocol.coco.table(folder.file("gt.json"), folder.file("other.jsonl"))
    } throws: { error in
      "\(error)".contains("no image 9")
    }
    #expect {
      try EvaluationProtocol.crowdPose.table(folder.file("gt.json"), folder.file("found.jsonl"))
    } throws: { error in
      "\(error)".contains("holds the 17 keypoints of coco17")
    }
  }

  private static func points(_ image: Int) -> [Int] { (0..<17).map { $0 * 5 + image } }

  struct Edge: Decodable {
    var groundTruth: String
    var predictions: String
    var pycocotools: [String: Double]
    var xtcocotools: [String: Double]
  }

  @Test func `every rule of the COCO protocol holds`() throws {
    let url = try #require(
      Bundle.module.url(forResource: "coco-edges", withExtension: "json", subdirectory: "Fixtures"))
    for (name, edge) in try JSONDecoder().decode([String: Edge].self, from: Data(contentsOf: url)) {
      let dataset = try file(edge.groundTruth, COCODataset.init)
      let predictions = try file(edge.predictions, COCOPredictions.init)
      try compare(KeypointEvaluation.coco(dataset, predictions), edge.pycocotools, name)
      try compare(KeypointEvaluation.ochuman(dataset, predictions), edge.xtcocotools, name)
    }
  }

  private func compare(_ table: MetricTable, _ expected: [String: Double], _ name: String) throws {
    for (metric, value) in expected {
      #expect(abs((table[metric] ?? -9) - value) < 1e-9, "\(name) \(metric) \(table[metric] ?? -9) \(value)")
    }
  }

  @Test func `boxes are matched by overlap`() throws {
    let truth = """
      {"images":[{"id":1},{"id":2}],"categories":[{"id":1,"name":"person"},{"id":2,"name":"cat"}],"annotations":[
      {"image_id":1,"category_id":1,"bbox":[0,0,100,100],"area":5000,"iscrowd":0},
      {"image_id":1,"category_id":1,"bbox":[200,0,20,20],"area":300,"iscrowd":0},
      {"image_id":2,"category_id":2,"bbox":[0,0,50,50],"area":2500,"iscrowd":0},
      {"image_id":2,"category_id":1,"bbox":[0,0,300,300],"area":90000,"iscrowd":1}]}
      """
    let results = """
      [{"image_id":1,"category_id":1,"bbox":[0,0,100,72],"score":0.9},{"image_id":1,"category_id":1,"bbox":[0,0,99,99],"score":0.8},
      {"image_id":2,"category_id":1,"bbox":[10,10,50,50],"score":0.95}]
      """
    let table = try BoxEvaluation()(file(truth, COCODataset.init), file(results, COCOPredictions.init))
    #expect(table["AP50ml"] == 1 - 1e-16 || abs((table["AP50ml"] ?? 0) - 1) < 1e-9)
    #expect(abs((table["AP50"] ?? 0) - 51.0 / 101) < 1e-9)
    #expect(table["AR"].map { abs($0 - 0.5) < 1e-9 } == true)
    #expect(table["APs"] == 0)
  }

  private func file<Result>(_ text: String, _ read: (URL) throws -> Result) throws -> Result {
    let url = FileManager.default.temporaryDirectory.appending(path: "posetrail-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(text.utf8).write(to: url)
    return try read(url)
  }
}
