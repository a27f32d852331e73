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
    expected["AP precision.Total"] = precision["precision_total"] as? Double
    expected["AP recall.Total"] = precision["recall_total"] as? Double
    expected["MOTP.Total"] = tracking["MOTP_total_matches_only"] as? Double
    expected["MOTP printed.Total"] = tracking["table_MOTP_total"] as? Double
    expected["MOT precision.Total"] = tracking["table_precision_total"] as? Double
    expected["MOT recall.Total"] = tracking["table_recall_total"] as? Double
    #expect(expected.count == 22)
    for (joint, value) in try #require(precision["per_joint"] as? [String: Double]) {
      expected["\(joint == "neck" ? "head_bottom" : joint).AP"] = value
    }
    for (joint, figures) in try #require(tracking["per_joint"] as? [String: [String: Any]]) {
      let name = joint == "neck" ? "head_bottom" : joint
      expected["\(name).MOTA"] = figures["mota"] as? Double
      expected["\(name).MOTP"] = figures["motp_matches_only"] as? Double
      expected["\(name).MOTP printed"] = figures["motp_as_printed"] as? Double
      expected["\(name).MOT precision"] = figures["precision"] as? Double
      expected["\(name).MOT recall"] = figures["recall"] as? Double
    }
    #expect(expected.count == 22 + 6 * 15)
    for (name, value) in expected { table.expect(name, value, variant) }
  }

  @Test(arguments: [
    "everything_ignored", "frame_without_predictions", "ignore_region_boundary_kept", "ignore_region_removes_person",
    "last_frame_is_skipped_in_mot", "switch_then_back", "threshold_inclusive", "two_predictions_one_person",
    "unlabelled_frames",
  ])
  func `every convention of poseval holds`(name: String) throws {
    let folder = try ReferenceFolder.find("posetrack_edge")
    let report = try EvaluationProtocol.poseTrack18.report(
      folder.appending(path: "\(name)/gt"), folder.appending(path: "\(name)/pred"))
    let expected = try Expected(folder)("results", name, "poseval")
    for (part, value) in try expected("AP", "table").numbers { report.table.expect("AP.\(part)", value, name) }
    for (part, value) in try expected("MOT", "table_MOTA").numbers { report.table.expect("MOTA.\(part)", value, name) }
  }

  @Test func `files of 2017 give what those of 2018 give, and videos their own figures`() throws {
    let folder = try ReferenceFolder.find("posetrack", holding: "pred17/mixed")
    let report = try EvaluationProtocol.poseTrack17.report(
      folder.appending(path: "gt17"), folder.appending(path: "pred17/mixed"), wantsPlot: true, wantsVideos: true)
    let expected = try Expected(folder)("results", "mixed")
    for (part, value) in try expected("poseval_from_17_format", "AP_table").numbers {
      report.table.expect("AP.\(part)", value)
    }
    for (name, table) in report.videos {
      let figures = try expected("poseval", "per_sequence", name).numbers
      table.expect("AP.Total", try #require(figures["AP_total"]), name)
      table.expect("MOTA.Total", try #require(figures["MOTA_total"]), name)
    }
    #expect(report.videos.count == 3)
    #expect(try #require(report.plot).components(separatedBy: "<polyline").count > 15)
  }

  @Test func `poses without identities have AP and no figures of tracks`() throws {
    let folder = try ReferenceFolder.find("posetrack", holding: "gt18")
    let place = try TemporaryFolder()
    let name = "900101_mpii_test"
    let truth = folder.appending(path: "gt18/\(name).json")
    let text = try String(contentsOf: folder.appending(path: "pred18/mixed/\(name).json"), encoding: .utf8)
    try Data(text.replacing(/"track_id": ?\d+,/, with: "").utf8).write(to: place.file("\(name).poses.json"))
    try Data(contentsOf: truth).write(to: place.file("gt.json"))
    let table = try EvaluationProtocol.poseTrack18.table(truth, place.file("\(name).poses.json"))
    table.expect(
      "AP.Total", try Expected(folder)("results", "mixed", "poseval", "per_sequence", name, "AP_total").number)
    #expect(table["MOTA.Total"]?.isNaN == true)
    #expect {
      try EvaluationProtocol.hota.table(truth, place.file("\(name).poses.json"))
    } throws: { error in
      "\(error)".contains("posetrail link") && "\(error)".contains(".poses.json")
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
