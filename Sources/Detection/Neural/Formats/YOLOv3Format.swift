internal import Foundation
internal import Inference
internal import Models
internal import Pose

/// YOLOv3 (Redmon and Farhadi, 2018) as mmdetection reads it: a level 1 × anchors · (5 + classes) × H × W of logits, the coarsest
/// first. Centre = (sigmoid + cell) · stride, size = exp · anchor, score = objectness · class; a cell may be of several classes.
struct YOLOv3Format: DetectorFormat {
  let name = "yolov3"

  private static let publishedAnchors: [[Double]] = [
    [116, 90, 156, 198, 373, 326], [30, 61, 62, 45, 59, 119], [10, 13, 16, 30, 33, 23],
  ]
  /// Of the objectness and, without it, of a class.
  private static let thresholds = (objectness: 0.005, label: 0.05)
  private static let candidateLimit = 1000

  func candidates(
    _ outputs: [Tensor], _ description: DetectorDescription, width: Int, height: Int
  ) throws -> [Candidate] {
    let anchors = description.anchors ?? Self.publishedAnchors
    let perCell = (anchors.first?.count ?? 0) / 2
    let length = 5 + description.classCount
    let levels = description.strides.map { (stride: Double($0), columns: width / $0, rows: height / $0) }
    guard anchors.count == levels.count, outputs.count == levels.count,
      zip(outputs, levels).allSatisfy({ $0.isMap(channels: perCell * length, height: $1.rows, width: $1.columns) })
    else {
      throw description.mismatch(outputs, wanted: "1×\(perCell * length)×H×W for each of \(anchors.count) strides")
    }
    var found: [(candidate: Candidate, classScore: Double)] = []
    for (index, level) in levels.enumerated() {
      outputs[index].withLevel { map in
        for cell in 0..<level.columns * level.rows {
          for anchor in 0..<perCell {
            let first = anchor * length
            let objectness = map(first + 4, cell).sigmoid
            guard objectness >= Self.thresholds.objectness else { continue }
            let box = Box(
              centerX: (map(first, cell).sigmoid + Double(cell % level.columns)) * level.stride,
              centerY: (map(first + 1, cell).sigmoid + Double(cell / level.columns)) * level.stride,
              width: exp(Double(map(first + 2, cell))) * anchors[index][2 * anchor],
              height: exp(Double(map(first + 3, cell))) * anchors[index][2 * anchor + 1])
            for label in description.wantedClasses {
              let score = map(first + 5 + label, cell).sigmoid
              guard score > Self.thresholds.label else { continue }
              found.append((Candidate(box: box, score: score * objectness, label: label), score))
            }
          }
        }
      }
    }
    let limit = description.candidateLimit ?? Self.candidateLimit
    let best = found.enumerated().sorted { ($1.element.classScore, $0.offset) < ($0.element.classScore, $1.offset) }
    return best.prefix(limit).map(\.element.candidate).filter { $0.score > description.scoreThreshold }
  }
}
