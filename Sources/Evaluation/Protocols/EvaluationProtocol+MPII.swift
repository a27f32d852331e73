private import Interchange

extension EvaluationProtocol {
  package static let mpii = EvaluationProtocol(
    name: "mpii", summary: "PCKh of MPII, 16 keypoints, as mmpose",
    inputs: "the arrays of mpii_gt_val.mat as JSON; a list of bbox_id and keypoints"
  ) { input in
    EvaluationReport(
      try PCKhEvaluation()(MPIIGroundTruth(input.groundTruth), IndexedPoses.read(input.predictions)))
  }

  package static let mpiiTRB = EvaluationProtocol(
    name: "mpii-trb", summary: "accuracy of MPII-TRB, 14 joints and 26 points of the contour, as mmpose",
    inputs: "MPII-TRB annotations; a list of bbox_id and keypoints"
  ) { input in
    EvaluationReport(try TRBEvaluation()(TRBGroundTruth(input.groundTruth), IndexedPoses.read(input.predictions)))
  }
}
