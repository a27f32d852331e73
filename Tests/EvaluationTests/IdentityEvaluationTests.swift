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
      let truth = boxes.appending(path: "gt/\(sequence).txt")
      let table = try EvaluationProtocol.motMetrics.table(truth, boxes.appending(path: "tracker/\(sequence).txt"))
      for (name, value) in try #require(metrics[sequence]) {
        guard let value = value as? Double, let ours = table[name] else { continue }
        #expect(abs(ours - value) < 1e-9, "\(variant) \(sequence) \(name): \(ours) \(value)")
      }
    }
  }

  private func frame(_ truths: [Int], _ predictions: [Int], _ pairs: [(Int, Int, Double)]) -> IdentityFrame {
    IdentityFrame(
      truths: truths, predictions: predictions,
      pairs: truths.indices.flatMap { truth in
        predictions.indices.compactMap { prediction in
          pairs.first { $0.0 == truths[truth] && $0.1 == predictions[prediction] }
            .map { .init(truth: truth, prediction: prediction, similarity: $0.2) }
        }
      })
  }

  private func table(_ frames: [IdentityFrame]) -> MetricTable {
    var evaluation = IdentityEvaluation()
    for frame in frames { evaluation.add(frame) }
    return evaluation.table
  }

  @Test func `a switch a miss and a false alarm are counted`() {
    let table = table([
      frame([1, 2], [7, 8], [(1, 7, 0.9), (2, 8, 0.9)]), frame([1, 2], [7, 8], [(1, 8, 0.9), (2, 7, 0.9)]),
      frame([1, 2], [8], [(1, 8, 0.9)]), frame([1, 2], [8, 7, 9], [(1, 8, 0.9), (2, 7, 0.9)]),
    ])
    #expect(table["num_switches"] == 2)
    #expect(table["num_misses"] == 1)
    #expect(table["num_false_positives"] == 1)
    #expect(table["num_fragmentations"] == 1)
    #expect(table["mota"] == 0.5)
    #expect(table["idf1"] == 10.0 / 16)
  }

  @Test func `a match is kept though a better pair appears`() {
    let frames = [frame([1], [7], [(1, 7, 0.9)]), frame([1], [8, 7], [(1, 8, 0.95), (1, 7, 0.5)])]
    #expect(table(frames)["num_switches"] == 0)
  }

  @Test func `ids of another sequence are other people`() {
    var evaluation = IdentityEvaluation()
    evaluation.add(frame([1], [7], [(1, 7, 0.9)]))
    evaluation.endSequence()
    evaluation.add(frame([1], [8], [(1, 8, 0.9)]))
    #expect(evaluation.table["num_switches"] == 0)
    #expect(evaluation.table["num_unique_objects"] == 2)
    #expect(evaluation.table["idf1"] == 1)
  }

  @Test func `nothing to follow is undefined`() {
    #expect(table([])["mota"]?.isNaN == true)
    #expect(table([]).text.contains(/mota +none\n/))
  }

  /// The time of a table with all pairs grows with the square of the crowd, that of its pairing with the cube.
  @Test func `a crowd of two thousand people is compared person by person`() {
    var random = SeededRandom(seed: 3)
    var evaluation = IdentityEvaluation()
    for frame in 1...20 {
      let truth = (0..<2000).map { id in
        let box = Box(x: Double(id % 50) * 40 + Double(frame), y: Double(id / 50) * 90, width: 40, height: 100)
        return MOTRow(frame: frame, id: id, box: box, confidence: 1)
      }
      let found = truth.map { row in
        var row = row
        row.box.x += Double.random(in: -4...4, using: &random)
        row.id = 5000 - row.id
        return row
      }
      evaluation.add(IdentityFrame(truth: truth, predictions: found))
    }
    #expect(evaluation.table["num_matches"] == 40_000)
    #expect(evaluation.table["num_switches"] == 0)
    #expect(evaluation.table["idf1"] == 1)
  }
}
