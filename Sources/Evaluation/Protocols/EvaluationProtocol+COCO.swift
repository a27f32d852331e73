private import Interchange

extension EvaluationProtocol {
  package static let coco = keypoints("coco", "keypoint AP and AR of pycocotools, 17 keypoints", .coco)

  package static let crowdPose = keypoints(
    "crowdpose", "that of CrowdPose, 14 keypoints, with easy, medium and hard", .crowdPose)

  package static let ochuman = keypoints("ochuman", "that of OCHuman, 17 keypoints", .ochuman)

  package static let aic = keypoints("aic", "that of AI Challenger, 14 keypoints", .aic)

  package static let wholeBody = keypoints(
    "wholebody", "that of COCO-WholeBody, all 133 keypoints", .wholeBody(.wholeBody))

  package static let boxes = EvaluationProtocol(
    name: "boxes", summary: "box AP and AR of pycocotools, persons only", inputs: cocoInputs
  ) { truth, predictions in
    try BoxEvaluation()(COCODataset(truth), COCOResults(predictions))
  }

  private static let cocoInputs = "COCO annotations; COCO results"

  private static func keypoints(
    _ name: String, _ summary: String, _ evaluation: KeypointEvaluation
  ) -> EvaluationProtocol {
    EvaluationProtocol(name: name, summary: summary, inputs: cocoInputs) { truth, predictions in
      try evaluation(COCODataset(truth), COCOResults(predictions))
    }
  }
}
