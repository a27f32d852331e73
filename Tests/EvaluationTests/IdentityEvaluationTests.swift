import Evaluation
import Foundation
import Interchange
import Pose
import TestSupport
import Testing

@Suite struct `Identity evaluation` {
  @Test(arguments: ["duplicates", "false_positives", "fragmentation", "id_switches", "misses", "mixed", "noise_high"])
  func `boxes are counted as by motmetrics`(variant: String) throws {
    let folder = try ReferenceFolder.find("posetrack", holding: "mot_box/\(variant)")
    let boxes = folder.appending(path: "mot_box/\(variant)")
    let data = try Data(contentsOf: folder.appending(path: "expected.json"))
    let expected = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let results = try #require((expected["results"] as? [String: [String: Any]])?[variant])
    let metrics = try #require(results["motmetrics_box_iou"] as? [String: [String: Any]])
    for sequence in ["900101_mpii_test", "900102_mpii_test", "900103_bonn_test"] {
      let frames = IdentityFrame.boxes(
        truth: try MOTRow.read(boxes.appending(path: "gt/\(sequence).txt")),
        predictions: try MOTRow.read(boxes.appending(path: "tracker/\(sequence).txt")))
      let table = IdentityEvaluation()(frames)
      for (name, value) in try #require(metrics[sequence]) {
        guard let value = value as? Double, let ours = table[name] else { continue }
        #expect(abs(ours - value) < 1e-9, "\(variant) \(sequence) \(name): \(ours) \(value)")
      }
    }
  }

  private func frame(_ truths: [Int], _ predictions: [Int], _ pairs: [(Int, Int)]) -> IdentityFrame {
    IdentityFrame(
      truths: truths, predictions: predictions,
      similarity: truths.map { truth in
        predictions.map { prediction in pairs.contains { $0 == (truth, prediction) } ? 0.9 : 0 }
      })
  }

  @Test func `a switch a miss and a false alarm are counted`() {
    let table = IdentityEvaluation()([
      frame([1, 2], [7, 8], [(1, 7), (2, 8)]), frame([1, 2], [7, 8], [(1, 8), (2, 7)]), frame([1, 2], [8], [(1, 8)]),
      frame([1, 2], [8, 7, 9], [(1, 8), (2, 7)]),
    ])
    #expect(table["num_switches"] == 2)
    #expect(table["num_misses"] == 1)
    #expect(table["num_false_positives"] == 1)
    #expect(table["num_fragmentations"] == 1)
    #expect(table["mota"] == 0.5)
    #expect(table["idf1"] == 10.0 / 16)
  }

  @Test func `a match is kept though a better pair appears`() {
    let first = IdentityFrame(truths: [1], predictions: [7], similarity: [[0.9]])
    let second = IdentityFrame(truths: [1], predictions: [8, 7], similarity: [[0.95, 0.5]])
    #expect(IdentityEvaluation()([first, second])["num_switches"] == 0)
  }

  @Test func `nothing to follow is undefined`() {
    #expect(IdentityEvaluation()([IdentityFrame]())["mota"]?.isNaN == true)
  }
}
