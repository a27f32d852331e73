import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct `Points of MPII and J-HMDB` {
  @Test func `skeleton and contour score as in MMPose`() throws {
    let folder = try ReferenceFolder.find("mpii/trb")
    let results = try Expected(folder)("results")
    #expect(results.keys.count == 4)
    for variant in results.keys {
      let table = try EvaluationProtocol.mpiiTRB.table(
        folder.appending(path: "gt.json"), folder.appending(path: "pred_\(variant).json"))
      // mmpose divides in 32 bits.
      for (name, value) in try results(variant).numbers { table.expect(name, value, within: 1e-6, variant) }
    }
  }

  @Test func `the benchmark's own file gives what its arrays give`() throws {
    let folder = try ReferenceFolder.find("mpii/pckh")
    let predictions = folder.appending(path: "pred_noise_high.json")
    let arrays = try EvaluationProtocol.mpii.table(folder.appending(path: "mpii_gt_val.json"), predictions)
    let own = try EvaluationProtocol.mpii.table(folder.appending(path: "mpii_gt_val.mat"), predictions)
    #expect(own == arrays && own["Mean"] != nil)
    let place = try TemporaryFolder()
    let whole = try Data(contentsOf: folder.appending(path: "mpii_gt_val.mat"))
    for length in [100, 130, 1000, whole.count - 9] {
      try whole.prefix(length).write(to: place.file("cut.mat"))
      #expect(throws: (any Error).self) { try EvaluationProtocol.mpii.table(place.file("cut.mat"), predictions) }
    }
  }

  @Test func `joints have figures of their own, of which the parts are the means`() throws {
    let folder = try ReferenceFolder.find("mpii/pckh")
    let table = try EvaluationProtocol.mpii.table(
      folder.appending(path: "mpii_gt_val.json"), folder.appending(path: "pred_noise_mid.json"))
    let ankles = ["right_ankle.PCKh", "left_ankle.PCKh"].compactMap { table[$0] }
    #expect(ankles.count == 2)
    table.expect("Ankle", (ankles[0] + ankles[1]) / 2)
    #expect(table["pelvis.PCKh@0.1"] != nil)
    #expect(table.text.contains("PCKh@0.1"))
  }

  /// Two people of 100 × 50 pixels; the torso of the first is 40 long, that of the second has no length.
  @Test func `joints of J-HMDB are measured in boxes and torsos`() throws {
    let place = try TemporaryFolder()
    func points(_ torso: Double) -> [(Double, Double)] {
      (0..<15).map { $0 == 5 ? (101 + torso, 101) : (101, 101) }
    }
    func labels(_ points: [(Double, Double)]) -> String { points.map { "\($0),\($1),2" }.joined(separator: ",") }
    func found(_ points: [(Double, Double)], _ offset: Double) -> String {
      points.enumerated().map { "\($1.0 - 1 + ($0 == 2 ? offset : 0)),\($1.1 - 1),1" }.joined(separator: ",")
    }
    let people = [points(40), points(0)]
    let annotations = people.enumerated().map {
      "{\"id\":\($0),\"image_id\":\($0),\"category_id\":1,\"bbox\":[50,60,100,50],\"keypoints\":[\(labels($1))]}"
    }
    let results = zip(people, [9.0, 21]).enumerated().map {
      "{\"image_id\":\($0),\"category_id\":1,\"score\":1,\"keypoints\":[\(found($1.0, $1.1))]}"
    }
    let truth = "{\"images\":[{\"id\":0},{\"id\":1}],\"annotations\":[\(annotations.joined(separator: ","))]}"
    try Data(truth.utf8).write(to: place.file("gt.json"))
    try Data("[\(results.joined(separator: ","))]".utf8).write(to: place.file("found.json"))
    let table = try EvaluationProtocol.jhmdb.table(place.file("gt.json"), place.file("found.json"))
    // 9 of 100 is a hit and 21 is none; 9 of 40 is none, and without a torso nothing is measured.
    #expect(table["PCK.Head"] == 0.5 && table["tPCK.Head"] == 0 && table["PCK.Ank"] == 1 && table["tPCK.Ank"] == 1)
  }
}
