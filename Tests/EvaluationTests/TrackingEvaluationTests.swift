import Evaluation
import Foundation
import Interchange
import Pose
import TestSupport
import Testing

@Suite struct `Tracking evaluation` {
  private static let variants = [
    "perfect", "noise_low", "noise_high", "id_switches", "fragmentation", "false_positives", "misses", "duplicates",
    "mixed",
  ]

  private func compare(_ report: EvaluationReport, _ expected: Expected, _ what: String) throws {
    let combined = try expected("combined").numbers
    #expect(combined.count > 30)
    for (name, value) in combined { report.table.expect(name, value, "\(what) all") }
    for (name, table) in report.videos {
      for (figure, value) in try expected("per_sequence", name).numbers {
        table.expect(figure, value, "\(what) \(name)")
      }
    }
    #expect(report.videos.count == 3)
  }

  @Test(arguments: variants)
  func `people are followed by keypoints as in TrackEval`(variant: String) throws {
    let folder = try ReferenceFolder.find("posetrack", holding: "pred18/\(variant)")
    let report = try EvaluationProtocol.hota.report(
      folder.appending(path: "gt18"), folder.appending(path: "pred18/\(variant)"))
    try compare(report, Expected(folder)("results", variant, "trackeval_oks"), variant)
  }

  @Test(arguments: variants)
  func `people are followed by boxes as in TrackEval`(variant: String) throws {
    let folder = try ReferenceFolder.find("posetrack", holding: "pred18/\(variant)")
    let report = try EvaluationProtocol.hotaBoxes.report(
      folder.appending(path: "gt18"), folder.appending(path: "pred18/\(variant)"))
    try compare(report, Expected(folder)("results", variant, "trackeval_box_iou"), variant)
  }

  @Test(arguments: variants)
  func `files of MOTChallenge are evaluated as by TrackEval`(variant: String) throws {
    let folder = try ReferenceFolder.find("posetrack", holding: "mot_box/\(variant)")
    let boxes = folder.appending(path: "mot_box/\(variant)")
    let table = try EvaluationProtocol.mot.table(boxes.appending(path: "gt"), boxes.appending(path: "tracker"))
    for (name, value) in try Expected(folder)("results", variant, "trackeval_motchallenge_files").numbers {
      table.expect(name, value, variant)
    }
  }

  @Test(arguments: variants)
  func `keypoints are followed as by the kit of PoseTrack21`(variant: String) throws {
    let folder = try ReferenceFolder.find("posetrack", holding: "pred18/\(variant)")
    let report = try EvaluationProtocol.poseTrack21.report(
      folder.appending(path: "gt18"), folder.appending(path: "pred18/\(variant)"))
    let expected = try Expected(folder)("results", variant, "posetrack21_keypoint_hota")
    for name in ["HOTA", "DetA", "AssA", "DetRe", "DetPr", "AssRe", "AssPr", "LocA", "FragA", "FA-HOTA"] {
      report.table.expect(name, try expected("combined", name, "Total").number, variant)
      for (sequence, table) in report.videos {
        table.expect(name, try expected("per_sequence", sequence, name).number, "\(variant) \(sequence)")
      }
    }
    for (short, name) in [("LW", "left_wrist"), ("Head", "head_top"), ("RK", "right_knee")] {
      report.table.expect("\(name).HOTA", try expected("combined", "HOTA", short).number, variant)
    }
  }

  @Test(arguments: ["misses", "mixed"])
  func `frames without predictions can count as what they hold`(variant: String) throws {
    let folder = try ReferenceFolder.find("posetrack", holding: "pred18/\(variant)")
    var evaluation = KeypointHOTA(countsWholeSequence: false)
    for name in ["900101_mpii_test", "900102_mpii_test", "900103_bonn_test"] {
      try evaluation.add(
        truth: PoseTrackFile(folder.appending(path: "gt18/\(name).json")),
        predictions: PoseTrackFile(folder.appending(path: "pred18/\(variant)/\(name).json")))
    }
    let expected = try Expected(folder)("results", variant, "posetrack21_keypoint_hota_per_frame_counts", "combined")
    for name in ["HOTA", "DetA", "DetRe", "AssA"] {
      evaluation.table.expect(name, try expected(name, "Total").number, variant)
    }
  }

  /// A person on a bicycle, which the tracker may take for one or not, and a label that does not count.
  @Test func `what is no pedestrian is neither missed nor a false alarm`() throws {
    let folder = try TemporaryFolder()
    func row(_ frame: Int, _ id: Int, _ x: Int, _ rest: String) -> String { "\(frame),\(id),\(x),10,20,60,\(rest)\n" }
    let truth = (1...3).map { row($0, 1, 10, "1,1,1") + row($0, 2, 200, "1,2,1") + row($0, 3, 400, "0,1,1") }
    let found = (1...3).map { row($0, 7, 11, "0.9,-1,-1,-1") + row($0, 8, 201, "0.9,-1,-1,-1") }
    try Data(truth.joined().utf8).write(to: folder.file("gt.txt"))
    try Data(found.joined().utf8).write(to: folder.file("found.txt"))
    let table = try EvaluationProtocol.mot.table(folder.file("gt.txt"), folder.file("found.txt"))
    #expect(table["MOTA"] == 1 && table["CLR_FP"] == 0 && table["CLR_FN"] == 0 && table["GT_IDs"] == 1)
    #expect(table["HOTA(0)"] == 1)
  }

  @Test func `a label folder of MOTChallenge has a file in a folder for each video`() throws {
    let folder = try TemporaryFolder()
    let inside = folder.file("gt").appending(path: "street/gt")
    try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
    try FileManager.default.createDirectory(at: folder.file("found"), withIntermediateDirectories: true)
    let row = "1,1,10,10,20,60,1,1,1\n"
    try Data(row.utf8).write(to: inside.appending(path: "gt.txt"))
    #expect {
      try EvaluationProtocol.mot.table(folder.file("gt"), folder.file("found"))
    } throws: { error in
      "\(error)".contains("has no street.txt")
    }
    try Data(row.utf8).write(to: folder.file("found").appending(path: "street.txt"))
    let report = try EvaluationProtocol.mot.report(folder.file("gt"), folder.file("found"))
    #expect(report.videos.map(\.name) == ["street"] && report.table["HOTA"] == 1)
  }
}
