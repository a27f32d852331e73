internal import Foundation
internal import Inference
internal import Models
internal import Pose

/// FastestDet (github.com/dog-qiuqiu/FastestDet): one map; centre = (tanh + cell) / cells, size = sigmoid, both of the
/// whole picture; score = objectness^0.6 · best class^0.4.
struct FastestDetFormat: DetectorFormat {
  let name = "fastestdet"

  func description(of shapes: DetectorShapes) throws -> DetectorDescription? {
    guard let output = shapes.onlyOutput, output.suffix(2) == [shapes.height / 16, shapes.width / 16],
      output.count == 3 || output.count == 4 && output[0] == 1, let channels = output.dropLast(2).last, channels > 5,
      let person = try shapes.personClass(of: channels - 5)
    else { return nil }
    return DetectorDescription(
      inputWidth: shapes.width, inputHeight: shapes.height,
      pixels: PixelFormat(channelOrder: .bgr, mean: [0, 0, 0], std: [255, 255, 255]), fit: .stretch,
      format: name, classCount: channels - 5, personClass: person, scoreThreshold: 0.5, suppressionThreshold: 0.45)
  }

  func candidates(
    _ outputs: [Tensor], _ description: DetectorDescription, width: Int, height: Int
  ) throws -> [Candidate] {
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
      return (0..<rows * columns).flatMap { cell in
        description.wantedClasses.compactMap { label -> Candidate? in
          let value = map(5 + label, cell)
          let score = pow(Double(map(0, cell)), 0.6) * pow(Double(value), 0.4)
          guard score > description.scoreThreshold,
            (0..<description.classCount).allSatisfy({ map(5 + $0, cell) <= value })
          else { return nil }
          let box = Box(
            centerX: (tanh(Double(map(1, cell))) + Double(cell % columns)) / Double(columns) * Double(width),
            centerY: (tanh(Double(map(2, cell))) + Double(cell / columns)) / Double(rows) * Double(height),
            width: map(3, cell).sigmoid * Double(width), height: map(4, cell).sigmoid * Double(height))
          return Candidate(box: box, score: score, label: label)
        }
      }
    }
  }
}
