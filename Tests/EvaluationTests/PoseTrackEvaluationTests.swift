import Evaluation
private import Files
import Foundation
import Interchange
import TestSupport
import Testing

@Suite struct `PoseTrack evaluation` {
  private static let sequences = ["900101_mpii_test", "900102_mpii_test", "900103_bonn_test"]

  @Test(arguments: ["noise_low", "noise_high", "id_switches", "duplicates", "misses", "mixed"])
  func `joints are counted as by poseval`(variant: String) throws {
    let folder = try ReferenceFolder.find("posetrack", holding: "pred18/\(variant)")
    var evaluation = PoseTrackEvaluation()
    for name in Self.sequences {
      try evaluation.add(
        truth: PoseTrackFile(folder.appending(path: "gt18/\(name).json")),
        predictions: PoseTrackFile(folder.appending(path: "pred18/\(variant)/\(name).json")))
    }
    let table = evaluation.table()
    let data = try Data(contentsOf: folder.appending(path: "expected.json"))
    let expected = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let results = try #require((expected["results"] as? [String: [String: Any]])?[variant])
    let poseval = try #require(results["poseval"] as? [String: Any])
    try compare(table, poseval, variant)
  }

  private func compare(_ table: MetricTable, _ poseval: [String: Any], _ variant: String) throws {
    let precision = try #require(poseval["AP"] as? [String: Any])
    let tracking = try #require(poseval["MOT"] as? [String: Any])
    var expected: [String: Double] = [:]
    for (part, value) in try #require(precision["table"] as? [String: Double]) { expected["AP.\(part)"] = value }
    for (part, value) in try #require(tracking["table_MOTA"] as? [String: Double]) { expected["MOTA.\(part)"] = value }
    expected["AP.precision.Total"] = precision["precision_total"] as? Double
    expected["AP.recall.Total"] = precision["recall_total"] as? Double
    expected["MOTP.Total"] = tracking["MOTP_total_matches_only"] as? Double
    expected["MOT.precision.Total"] = tracking["table_precision_total"] as? Double
    expected["MOT.recall.Total"] = tracking["table_recall_total"] as? Double
    #expect(expected.count == 21)
    for (name, value) in expected {
      #expect(abs((table[name] ?? -1) - value) < 1e-9, "\(variant) \(name) \(table[name] ?? -1) \(value)")
    }
  }

  @Test func `a prediction of other length is refused`() throws {
    let folder = try ReferenceFolder.find("posetrack/gt18", holding: "900101_mpii_test.json")
    let first = try PoseTrackFile(folder.appending(path: "900101_mpii_test.json"))
    let other = try PoseTrackFile(folder.appending(path: "900103_bonn_test.json"))
    var evaluation = PoseTrackEvaluation()
    #expect(throws: FileError.self) { try evaluation.add(truth: first, predictions: other) }
  }
}
