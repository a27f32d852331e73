internal import Foundation
internal import Inference
internal import Models
internal import Pose

/// YOLOX (Ge et al., "YOLOX: Exceeding YOLO Series in 2021"): centre = (raw + cell) · stride, size = exp(raw) · stride,
/// score = objectness · class, one class a cell.
///
/// Reads the original export, one 1 × N × (5 + classes) output whose scores went through the sigmoid, and mmdet's raw
/// `cls`, `bbox` and `obj` maps of every level.
struct YOLOXFormat: DetectorFormat {
  let name = "yolox"

  private static let strides = [8, 16, 32]

  /// Pictures enter as in YOLOX 0.1.1 and later: as bytes, without a mean.
  func description(of shapes: DetectorShapes) throws -> DetectorDescription? {
    let cells = Self.strides.map { [shapes.height / $0, shapes.width / $0] }
    let classCount: Int
    if let output = shapes.onlyOutput, output.count == 3, output[2] > 5,
      output.dropLast() == [1, shapes.cells(Self.strides)]
    {
      classCount = output[2] - 5
    } else if shapes.outputs.count == 9, let first = shapes.outputs[0], first.count == 4,
      shapes.outputs == [first[1], 4, 1].flatMap({ channels in cells.map { [1, channels] + $0 } })
    {
      classCount = first[1]
    } else {
      return nil
    }
    guard let person = try shapes.personClass(of: classCount) else { return nil }
    return DetectorDescription(
      inputWidth: shapes.width, inputHeight: shapes.height,
      pixels: PixelFormat(channelOrder: .bgr, mean: [0, 0, 0], std: [1, 1, 1]),
      fit: .letterbox(.init(position: .topLeft)),
      format: name, classCount: classCount, personClass: person)
  }

  func candidates(
    _ outputs: [Tensor], _ description: DetectorDescription, width: Int, height: Int
  ) throws -> [Candidate] {
    let levels = description.strides.map {
      Level(stride: Double($0), width: width / $0, height: height / $0)
    }
    if outputs.count == 1 { return try rows(outputs, levels, description) }
    return try maps(outputs, levels, description)
  }

  private struct Level {
    var stride: Double
    var width: Int
    var height: Int

    func box(cell: Int, _ x: Float, _ y: Float, _ logWidth: Float, _ logHeight: Float) -> Box {
      Box(
        centerX: (Double(x) + Double(cell % width)) * stride, centerY: (Double(y) + Double(cell / width)) * stride,
        width: exp(Double(logWidth)) * stride, height: exp(Double(logHeight)) * stride)
    }
  }

  private func rows(
    _ outputs: [Tensor], _ levels: [Level], _ description: DetectorDescription
  ) throws -> [Candidate] {
    let count = levels.reduce(0) { $0 + $1.width * $1.height }
    let stride = 5 + description.classCount
    guard outputs[0].elementType == .float32, outputs[0].shape == [1, count, stride] else {
      throw description.mismatch(outputs, wanted: "1×\(count)×\(stride)")
    }
    var result: [Candidate] = []
    outputs[0].withFloats { values in
      var start = 0
      for level in levels {
        for cell in 0..<level.width * level.height {
          let objectness = values[start + 4]
          if Double(objectness) >= description.scoreThreshold {
            for label in description.wantedClasses {
              let value = values[start + 5 + label]
              let score = Double(value * objectness)
              let isBest = (0..<description.classCount).allSatisfy { values[start + 5 + $0] <= value }
              guard isBest, score >= description.scoreThreshold else { continue }
              let box = level.box(
                cell: cell, values[start], values[start + 1], values[start + 2], values[start + 3])
              result.append(Candidate(box: box, score: score, label: label))
            }
          }
          start += stride
        }
      }
    }
    return result
  }

  private func maps(
    _ outputs: [Tensor], _ levels: [Level], _ description: DetectorDescription
  ) throws -> [Candidate] {
    let count = levels.count
    let channels = [description.classCount, 4, 1]
    guard outputs.count == 3 * count,
      outputs.indices.allSatisfy({ index in
        let level = levels[index % count]
        return outputs[index].isMap(channels: channels[index / count], height: level.height, width: level.width)
      })
    else {
      throw description.mismatch(outputs, wanted: "one output, or class, box and objectness maps a level")
    }
    var result: [Candidate] = []
    for (index, level) in levels.enumerated() {
      outputs[index].withLevel { classes in
        outputs[count + index].withLevel { boxes in
          outputs[2 * count + index].withLevel { objectness in
            for cell in 0..<level.width * level.height {
              for label in description.wantedClasses {
                let logit = classes(label, cell)
                let score = logit.sigmoid * objectness(0, cell).sigmoid
                guard score >= description.scoreThreshold,
                  (0..<description.classCount).allSatisfy({ classes($0, cell) <= logit })
                else { continue }
                let box = level.box(cell: cell, boxes(0, cell), boxes(1, cell), boxes(2, cell), boxes(3, cell))
                result.append(Candidate(box: box, score: score, label: label))
              }
            }
          }
        }
      }
    }
    return result
  }
}

extension Float {
  var sigmoid: Double { 1 / (1 + exp(-Double(self))) }
}
