internal import Foundation
internal import Inference
internal import Models
internal import Pose

/// FastestDet (github.com/dog-qiuqiu/FastestDet): one map; centre = (tanh + cell) / cells, size = sigmoid, both of the
/// whole picture; score = objectness^0.6 · best class^0.4.
struct FastestDetFormat: DetectorFormat {
  static let name = "fastestdet"

  let description: DetectorDescription

  func candidates(_ outputs: [Tensor], width: Int, height: Int) throws -> [ScoredBox] {
    let channels = 5 + description.classCount
    guard let output = outputs.first, output.elementType == .float32, output.shape.suffix(3).first == channels,
      output.shape.count == 3 || output.shape.count == 4 && output.shape[0] == 1,
      output.shape.allSatisfy({ $0 > 0 })
    else {
      throw description.mismatch(outputs, wanted: "\(channels)×H×W")
    }
    let rows = output.shape[output.shape.count - 2]
    let columns = output.shape[output.shape.count - 1]
    return output.withFloats { values in
      let map = LevelMap(values: values, height: rows, width: columns)
      return (0..<rows * columns).compactMap { cell in
        let person = map(5 + description.personClass, cell)
        let score = pow(Double(map(0, cell)), 0.6) * pow(Double(person), 0.4)
        guard score > description.scoreThreshold,
          (0..<description.classCount).allSatisfy({ map(5 + $0, cell) <= person })
        else { return nil }
        let box = Box(
          centerX: (tanh(Double(map(1, cell))) + Double(cell % columns)) / Double(columns) * Double(width),
          centerY: (tanh(Double(map(2, cell))) + Double(cell / columns)) / Double(rows) * Double(height),
          width: map(3, cell).sigmoid * Double(width), height: map(4, cell).sigmoid * Double(height))
        return ScoredBox(box, score: score)
      }
    }
  }
}
