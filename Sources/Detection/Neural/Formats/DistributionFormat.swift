private import Foundation
internal import Inference
internal import Models
internal import Pose

/// Detectors with a distribution over the distance to each side of the box (Li et al., Generalized Focal Loss, 2020): at every
/// cell a score a class and 4 × (R + 1) logits, whose softmax weighs the distances 0…R, in strides.
///
/// Reads one 1 × N × (classes + 4 · (R + 1)) output over all levels, and scores 1 × N × classes with logits 1 × N × 4 · (R + 1) a level
/// apart, in any order that keeps the levels in theirs. Maps are as large as the input divided by the stride, rounded up.
struct DistributionFormat: DetectorFormat {
  let name: String
  /// The place of a cell in its square of pixels, as a part of the stride.
  let offset: Double
  /// What is told of a network by its shapes.
  private let published: Published

  private struct Published {
    var strides: [Int]
    /// Whether scores and logits of all levels are one output.
    var isJoined: Bool
    var pixels: PixelFormat
    var suppressionThreshold: Double
  }

  private static let bgr = PixelFormat(
    channelOrder: .bgr, mean: [103.53, 116.28, 123.675], std: [57.375, 57.12, 58.395])

  /// NanoDet 0.x and 1.0 (github.com/RangiLyu/nanodet, gfl_head.py).
  static let nanoDet = DistributionFormat(
    name: "nanodet", offset: 0.5,
    published: .init(strides: [8, 16, 32], isJoined: true, pixels: bgr, suppressionThreshold: 0.6))
  /// NanoDet-Plus (the same place, nanodet_plus_head.py).
  static let nanoDetPlus = DistributionFormat(
    name: "nanodet_plus", offset: 0,
    published: .init(strides: [8, 16, 32, 64], isJoined: true, pixels: bgr, suppressionThreshold: 0.6))
  /// PP-PicoDet without post-processing (Yu et al., PP-PicoDet, 2021; PaddleDetection).
  static let picoDet = DistributionFormat(
    name: "picodet", offset: 0.5,
    published: .init(strides: [8, 16, 32, 64], isJoined: false, pixels: .imageNet, suppressionThreshold: 0.5))

  /// Distances 0…7, as in all published networks.
  private static let publishedSides = 32

  func description(of shapes: DetectorShapes) throws -> DetectorDescription? {
    let cells =
      published.isJoined
      ? [shapes.cells(published.strides)] : published.strides.map { shapes.cells([$0]) }
    let sides = Self.publishedSides
    let classCount: Int
    if published.isJoined {
      guard let output = shapes.onlyOutput, output.count == 3, output[2] > sides, output == [1, cells[0], output[2]]
      else { return nil }
      classCount = output[2] - sides
    } else {
      let known = shapes.outputs.compactMap { $0 }
      guard known.count == 2 * cells.count, let scores = known.first(where: { $0.last != sides })?.last,
        known.filter({ $0.last == scores }) == cells.map({ [1, $0, scores] }),
        known.filter({ $0.last == sides }) == cells.map({ [1, $0, sides] })
      else { return nil }
      classCount = scores
    }
    guard let person = try shapes.personClass(of: classCount) else { return nil }
    return DetectorDescription(
      inputWidth: shapes.width, inputHeight: shapes.height, pixels: published.pixels, fit: .stretch, format: name,
      strides: published.strides, classCount: classCount, personClass: person, scoreThreshold: 0.4,
      suppressionThreshold: published.suppressionThreshold)
  }

  func candidates(
    _ outputs: [Tensor], _ description: DetectorDescription, width: Int, height: Int
  ) throws -> [Candidate] {
    let levels = description.strides.map { stride in
      Level(stride: stride, columns: (width + stride - 1) / stride, rows: (height + stride - 1) / stride)
    }
    guard let parts = parts(outputs, levels, description.classCount) else {
      throw description.mismatch(
        outputs, wanted: "1×N×(\(description.classCount) + 4·(R+1)), or scores and distances of every level apart")
    }
    return zip(levels, parts).flatMap { level, part in
      part.scores.values.withFloats { scores in
        part.sides.values.withFloats { sides in
          (0..<level.count).flatMap { cell in
            description.wantedClasses.compactMap { label -> Candidate? in
              let score = Double(scores[part.scores.start(cell) + label])
              guard score > description.scoreThreshold else { return nil }
              let first = part.sides.start(cell)
              let box = level.box(cell, offset: offset, sides[first..<first + part.sides.length])
              return Candidate(box: box, score: score, label: label)
            }
          }
        }
      }
    }
  }

  private struct Level {
    var stride: Int
    var columns: Int
    var rows: Int

    var count: Int { columns * rows }

    func box(_ cell: Int, offset: Double, _ logits: Slice<UnsafeBufferPointer<Float>>) -> Box {
      let bins = logits.count / 4
      let distances = (0..<4).map { side in
        let first = logits.startIndex + side * bins
        return Self.expectation(logits[first..<first + bins]) * Double(stride)
      }
      let x = (Double(cell % columns) + offset) * Double(stride)
      let y = (Double(cell / columns) + offset) * Double(stride)
      return Box(minX: x - distances[0], minY: y - distances[1], maxX: x + distances[2], maxY: y + distances[3])
    }

    /// The mean of 0, 1, 2, … weighed by the softmax of the logits.
    private static func expectation(_ logits: Slice<UnsafeBufferPointer<Float>>) -> Double {
      let largest = logits.max() ?? 0
      let weights = logits.map { exp(Double($0 - largest)) }
      return zip(0..., weights).reduce(0) { $0 + Double($1.0) * $1.1 } / weights.reduce(0, +)
    }
  }

  /// Rows of numbers in an output, one a cell of a level.
  private struct Rows {
    var values: Tensor
    var firstRow = 0
    var rowLength: Int
    /// Within the row.
    var firstColumn = 0
    var length: Int

    func start(_ cell: Int) -> Int { (firstRow + cell) * rowLength + firstColumn }
  }

  /// Scores and logits of each level; nil where the outputs have other shapes.
  private func parts(_ outputs: [Tensor], _ levels: [Level], _ classCount: Int) -> [(scores: Rows, sides: Rows)]? {
    guard outputs.allSatisfy({ $0.elementType == .float32 && $0.shape.count == 3 && $0.shape[0] == 1 }) else {
      return nil
    }
    func isSides(_ length: Int) -> Bool { length >= 8 && length.isMultiple(of: 4) }
    if outputs.count == 1 {
      let length = outputs[0].shape[2]
      guard outputs[0].shape[1] == levels.reduce(0, { $0 + $1.count }), isSides(length - classCount) else { return nil }
      var row = 0
      return levels.map { level in
        defer { row += level.count }
        return (
          Rows(values: outputs[0], firstRow: row, rowLength: length, length: classCount),
          Rows(
            values: outputs[0], firstRow: row, rowLength: length, firstColumn: classCount, length: length - classCount)
        )
      }
    }
    let scores = outputs.filter { $0.shape[2] == classCount }
    let sides = outputs.filter { $0.shape[2] != classCount && isSides($0.shape[2]) }
    guard outputs.count == 2 * levels.count, scores.count == levels.count, sides.count == levels.count,
      zip(levels, zip(scores, sides)).allSatisfy({ $0.count == $1.0.shape[1] && $0.count == $1.1.shape[1] })
    else { return nil }
    return zip(scores, sides).map { score, side in
      (
        Rows(values: score, rowLength: classCount, length: classCount),
        Rows(values: side, rowLength: side.shape[2], length: side.shape[2])
      )
    }
  }
}
