internal import Evaluation
internal import Foundation

/// A data set in its official folders, and how published networks are measured on it.
package struct Benchmark: Sendable {
  /// A file or folder of it.
  package struct Part: Sendable {
    /// Below the folder of the data.
    var path: String
    /// What it is called where it can be had, and how much it is.
    var source: String
  }

  /// Whose boxes the networks look at.
  package enum Boxes: String, CaseIterable, Sendable, Codable {
    case groundTruth = "ground-truth"
    case detected
  }

  /// What the results of the protocol look like.
  enum Layout: Sendable { case coco, poseTrack, mpii, mpiiTRB }

  /// As `--on` takes it.
  package var name: String
  /// What the zoo calls the data of the rows that are measured on it.
  var dataSets: [String]
  var annotations: Part
  var images: Part
  /// What stands before the names of images, below the folder of the data.
  var imagePrefix: String
  /// The published boxes of a detector, and the least score of one that counts.
  var detections: (part: Part, threshold: Double)?
  /// What the protocol needs besides.
  var others: [Part] = []
  /// Whose boxes the published figures are for.
  var boxes: Boxes
  var layout = Layout.coco
  var evaluation: EvaluationProtocol
  /// The names of the keypoint sets that the labels have.
  var keypointSets: [String]
  /// What the figures of published tables are called by the protocol.
  var figures: [String: String]
  /// What the protocol counts its shares to: 1 or 100.
  var whole = 1.0

  /// The files and folders that a run with these boxes needs.
  func parts(_ boxes: Boxes?) -> [Part] {
    [annotations, images] + others + (boxes == .detected ? detections.map { [$0.part] } ?? [] : [])
  }

  /// Throws where something is missing, and says where all of it is from.
  func check(_ data: URL, _ boxes: Boxes?) throws {
    let missing = parts(boxes).filter { !FileManager.default.fileExists(atPath: data.appending(path: $0.path).path) }
    guard !missing.isEmpty else { return }
    let lines = missing.map { "  \($0.path): \($0.source)" }
    throw PipelineError(
      .unusable,
      "\(data.relativePath): lacks what \(name) needs; put there\n\(lines.joined(separator: "\n"))")
  }
}

extension Benchmark {
  /// What it is, in a few words.
  package var summary: String { "\(evaluation.summary)" }

  /// What it looks at.
  package var remark: String { "\(annotations.path); \(boxes.rawValue) boxes" }

  package static func named(_ name: String) -> Benchmark? { all.first { $0.name == name } }

  /// The one that the rows of a data set of the zoo are measured on.
  package static func of(dataSet: String) -> Benchmark? { all.first { $0.dataSets.contains(dataSet) } }
}
