/// A published way to compare predictions with ground truth, as `posetrail evaluate` offers it.
package struct EvaluationProtocol: Sendable {
  /// As it is named on the command line.
  package let name: String
  /// What is measured, after which tool.
  package let summary: String
  /// What the two inputs are.
  package let inputs: String
  /// What can be drawn of it; nil where nothing is.
  package let plot: String?
  /// The figures that people see of each video; nil where the protocol knows no videos.
  package let videoColumns: [String]?
  package let evaluate: @Sendable (EvaluationInput) throws -> EvaluationReport

  package init(
    name: String, summary: String, inputs: String, plot: String? = nil, videoColumns: [String]? = nil,
    evaluate: @escaping @Sendable (EvaluationInput) throws -> EvaluationReport
  ) {
    (self.name, self.summary, self.inputs) = (name, summary, inputs)
    (self.plot, self.videoColumns, self.evaluate) = (plot, videoColumns, evaluate)
  }
}

extension EvaluationProtocol {
  /// All there are, in the order of the help. A new one is added here, and nowhere else.
  package static let all: [EvaluationProtocol] = [
    .coco, .wholeBody, .crowdPose, .ochuman, .aic, .humanArt, .mhp, .boxes, .mpii, .mpiiTRB, .jhmdb, .poseTrack18,
    .poseTrack17, .poseTrack21, .hota, .hotaBoxes, .mot, .motMetrics,
  ]

  package static func named(_ name: String) -> EvaluationProtocol? { all.first { $0.name == name } }
}
