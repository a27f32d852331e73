import Evaluation
import Foundation
import Interchange
import TestSupport
import Testing

@Suite struct `PCKh evaluation` {
  private func check(_ table: MetricTable, _ expected: [String: Any], _ name: String) {
    for (metric, value) in expected {
      let ours = table[metric] ?? -1
      if let value = value as? Double {
        // mmpose keeps the shares of the stricter limit in 32 bits.
        #expect(abs(ours - value) < (metric == "Mean@0.1" ? 1e-6 : 1e-9), "\(name) \(metric) \(ours) \(value)")
      } else {
        #expect(ours.isNaN, "\(name) \(metric)")
      }
    }
  }

  private func expected(_ folder: URL) throws -> [String: [String: Any]] {
    let data = try Data(contentsOf: folder.appending(path: "expected.json"))
    let file = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return try #require(file["results"] as? [String: [String: Any]])
  }

  @Test func `parts score as in MMPose`() throws {
    let folder = try ReferenceFolder.find("mpii/pckh")
    let truth = try MPIIGroundTruth(folder.appending(path: "mpii_gt_val.json"))
    for (variant, tools) in try expected(folder) {
      let predictions = try IndexedPoses.read(folder.appending(path: "pred_\(variant).json"))
      check(try PCKhEvaluation()(truth, predictions), try #require(tools["mmpose_0x"] as? [String: Any]), variant)
    }
  }

  @Test func `the limit belongs to the right and unlabelled joints are undefined`() throws {
    let folder = try ReferenceFolder.find("mpii/pckh_edge")
    for (name, tools) in try expected(folder) {
      let truth = try MPIIGroundTruth(folder.appending(path: "\(name)/mpii_gt_val.json"))
      let predictions = try IndexedPoses.read(folder.appending(path: "\(name)/pred.json"))
      check(try PCKhEvaluation()(truth, predictions), try #require(tools["mmpose_0x"] as? [String: Any]), name)
    }
  }
}
