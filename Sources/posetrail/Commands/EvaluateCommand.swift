internal import ArgumentParser
private import Evaluation
private import Files
private import Foundation
private import Interchange
private import Pipeline

struct EvaluateCommand: ParsableCommand {
  enum EvaluationProtocol: String, CaseIterable, ExpressibleByArgument {
    case coco, crowdpose, ochuman, aic, wholebody, boxes, posetrack, mot
  }

  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Compares predictions with ground truth by a published protocol.",
    discussion: """
      PROTOCOLS
        coco       keypoint AP and AR of pycocotools, 17 keypoints (annotations and results in COCO's JSON)
        crowdpose  that of CrowdPose, 14 keypoints, with easy, medium and hard
        ochuman    that of OCHuman
        aic        that of AI Challenger, 14 keypoints
        wholebody  that of COCO-WholeBody, all 133 keypoints
        boxes      box AP and AR of pycocotools, persons only
        posetrack  AP and MOTA of joints, as poseval: a file, or a folder with a file a video, on both sides
        mot        identities of boxes: switches, IDF1, MOTA (MOT text)

      EXAMPLES
        posetrail evaluate posetrack --ground-truth val --predictions results
        posetrail evaluate coco --ground-truth val.json --predictions out.json
      """)

  @Argument(help: "The protocol.")
  var `protocol`: EvaluationProtocol

  @Option(help: ArgumentHelp("The labels.", valueName: "file"))
  var groundTruth: String

  @Option(help: ArgumentHelp("What was predicted.", valueName: "file"))
  var predictions: String

  @Option(help: ArgumentHelp("Write the figures, with all digits, to this file as well.", valueName: "file"))
  var json: String?

  @Flag(help: "Replace the file of figures if it exists.")
  var force = false

  func run() throws {
    guard let json else { return try show(evaluate()) }
    let destination = URL(filePath: json)
    try OutputWork.run(OutputClaim([destination], overwrites: force)) {
      let table = try evaluate()
      try OutputFile.write(Data(table.json.utf8), to: destination, overwrites: force)
      try show(table)
    }
  }

  private func show(_ table: MetricTable) throws {
    for row in table.rows {
      try Terminal.print(
        "\(row.name.padding(toLength: 16, withPad: " ", startingAt: 0)) \(String(format: "%.4f", row.value))")
    }
  }

  private func evaluate() throws -> MetricTable {
    let (truth, found) = (URL(filePath: groundTruth), URL(filePath: predictions))
    func keypoints(_ evaluation: KeypointEvaluation) throws -> MetricTable {
      try evaluation(COCODataset(truth), COCOResult.read(found))
    }
    switch `protocol` {
    case .coco: return try keypoints(.coco)
    case .crowdpose: return try keypoints(.crowdPose)
    case .ochuman: return try keypoints(.ochuman)
    case .aic: return try keypoints(.aic)
    case .wholebody: return try keypoints(KeypointEvaluation.wholeBody("wholebody") ?? .coco)
    case .boxes: return try BoxEvaluation()(COCODataset(truth), COCOResult.read(found))
    case .posetrack: return try PoseTrackEvaluation()(PoseTrackPairs.read(truth: truth, predictions: found))
    case .mot:
      return IdentityEvaluation()(
        IdentityFrame.boxes(truth: try MOTRow.read(truth), predictions: try MOTRow.read(found)))
    }
  }
}
