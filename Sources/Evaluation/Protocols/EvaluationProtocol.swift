package import Foundation

/// A published way to compare predictions with ground truth, as `posetrail evaluate` offers it.
package struct EvaluationProtocol: Sendable {
  /// As it is named on the command line.
  package let name: String
  /// What is measured, after which tool.
  package let summary: String
  /// What the two inputs are.
  package let inputs: String
  /// The table of the ground truth and the predictions at these places.
  package let evaluate: @Sendable (_ groundTruth: URL, _ predictions: URL) throws -> MetricTable

  package init(
    name: String, summary: String, inputs: String,
    evaluate: @escaping @Sendable (_ groundTruth: URL, _ predictions: URL) throws -> MetricTable
  ) {
    (self.name, self.summary, self.inputs, self.evaluate) = (name, summary, inputs, evaluate)
  }
}

extension EvaluationProtocol {
  /// All there are, in the order of the help. A new one is added here, and nowhere else.
  package static let all: [EvaluationProtocol] = [
    .coco, .crowdPose, .ochuman, .aic, .wholeBody, .boxes, .mpii, .poseTrack, .mot,
  ]

  package static func named(_ name: String) -> EvaluationProtocol? { all.first { $0.name == name } }
}
