internal import Inference
internal import Models
internal import Pose

/// Yolo-FastestV2 (github.com/dog-qiuqiu/Yolo-FastestV2): a level 1 × H × W × (5 · anchors + classes): boxes of all anchors, their
/// objectness, and the classes they share, all between 0 and 1. Centre = (2x − 0.5 + cell) · stride, size = (2w)² · anchor,
/// score = objectness · class, one class a cell.
struct YOLOFastestFormat: DetectorFormat {
  let name = "yolo_fastest_v2"

  /// Those of the network for COCO, at 352 × 352.
  private static let publishedAnchors = [
    [12.64, 19.39, 37.88, 51.48, 55.71, 138.31], [126.91, 78.23, 131.57, 214.55, 279.92, 258.87],
  ]
  private static let strides = [16, 32]

  /// Other inputs and classes were trained with other anchors, which the file does not have.
  func description(of shapes: DetectorShapes) throws -> DetectorDescription? {
    guard shapes.outputs == Self.strides.map({ [1, shapes.height / $0, shapes.width / $0, 95] }), shapes.width == 352,
      shapes.height == 352, let person = try shapes.personClass(of: 80)
    else { return nil }
    return DetectorDescription(
      inputWidth: shapes.width, inputHeight: shapes.height,
      pixels: PixelFormat(channelOrder: .bgr, mean: [0, 0, 0], std: [1, 1, 1], scale: 1 / 255), fit: .stretch,
      format: name, strides: Self.strides, classCount: 80, personClass: person, scoreThreshold: 0.3,
      suppressionThreshold: 0.4)
  }

  func candidates(
    _ outputs: [Tensor], _ description: DetectorDescription, width: Int, height: Int
  ) throws -> [Candidate] {
    let anchors = description.anchors ?? Self.publishedAnchors
    let perCell = (anchors.first?.count ?? 0) / 2
    let channels = 5 * perCell + description.classCount
    let sizes = description.strides.map { (columns: width / $0, rows: height / $0) }
    guard anchors.count == sizes.count, outputs.count == sizes.count,
      zip(outputs, sizes).allSatisfy({ $0.elementType == .float32 && $0.shape == [1, $1.rows, $1.columns, channels] })
    else { throw description.mismatch(outputs, wanted: "1×H×W×\(channels) for each of \(anchors.count) strides") }
    var result: [Candidate] = []
    for (index, size) in sizes.enumerated() {
      let stride = Double(description.strides[index])
      outputs[index].withFloats { values in
        for cell in 0..<size.rows * size.columns {
          let row = values[cell * channels..<(cell + 1) * channels].map(Double.init)
          let classes = row[(5 * perCell)...]
          let best = classes.max() ?? 0
          for label in description.wantedClasses where classes[5 * perCell + label] == best {
            for anchor in 0..<perCell {
              let score = row[4 * perCell + anchor] * best
              guard score > description.scoreThreshold else { continue }
              let part = row[4 * anchor..<4 * anchor + 4].map { 2 * $0 }
              let box = Box(
                centerX: (part[0] - 0.5 + Double(cell % size.columns)) * stride,
                centerY: (part[1] - 0.5 + Double(cell / size.columns)) * stride,
                width: part[2] * part[2] * anchors[index][2 * anchor],
                height: part[3] * part[3] * anchors[index][2 * anchor + 1])
              result.append(Candidate(box: box, score: score, label: label))
            }
          }
        }
      }
    }
    return result
  }
}
