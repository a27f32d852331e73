private import Interchange

extension EvaluationProtocol {
  package static let mpii = EvaluationProtocol(
    name: "mpii", summary: "PCKh of MPII, 16 keypoints, as mmpose",
    inputs: "the arrays of mpii_gt_val.mat as JSON; a list of bbox_id and keypoints"
  ) { truth, predictions in
    try PCKhEvaluation()(MPIIGroundTruth(truth), IndexedPoses.read(predictions))
  }

  package static let poseTrack = EvaluationProtocol(
    name: "posetrack", summary: "AP and MOTA of joints, as poseval",
    inputs: "PoseTrack JSON: a file, or a folder with a file a video, on both sides"
  ) { truth, predictions in
    var evaluation = PoseTrackEvaluation()
    for pair in try PoseTrackPairs.find(truth: truth, predictions: predictions) {
      try evaluation.add(truth: PoseTrackFile(pair.truth), predictions: PoseTrackFile(pair.predictions))
    }
    return evaluation.table()
  }

  package static let mot = EvaluationProtocol(
    name: "mot", summary: "identities of boxes: switches, IDF1, MOTA, as py-motmetrics", inputs: "MOT text; MOT text"
  ) { truth, predictions in
    var (expected, found) = (try MOTFile(truth).frames(), try MOTFile(predictions).frames())
    var (label, prediction) = (try expected.next(), try found.next())
    var evaluation = IdentityEvaluation()
    while let frame = [label?.frame, prediction?.frame].compactMap(\.self).min() {
      let (truth, predictions) = (label?.frame == frame ? label : nil, prediction?.frame == frame ? prediction : nil)
      evaluation.add(IdentityFrame(truth: truth?.rows ?? [], predictions: predictions?.rows ?? []))
      if truth != nil { label = try expected.next() }
      if predictions != nil { prediction = try found.next() }
    }
    return evaluation.table
  }
}
