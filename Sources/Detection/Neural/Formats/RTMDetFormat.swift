internal import Inference
internal import Models
internal import Pose

/// RTMDet (Lyu et al., 2022): at every cell class logits and the distances, in pixels of the input, from the cell's
/// top-left corner to the left, top, right and bottom of the box.
///
/// Reads one 1 × H × W × (classes + 4) output a level, and mmdet's `cls` maps followed by its `bbox` maps. Boxes are
/// clipped to the input as mmdet does.
struct RTMDetFormat: DetectorFormat {
  let name = "rtmdet"

  private static let strides = [8, 16, 32]

  func description(of shapes: DetectorShapes) throws -> DetectorDescription? {
    let cells = Self.strides.map { [shapes.height / $0, shapes.width / $0] }
    guard let first = shapes.outputs.first ?? nil, first.count == 4 else { return nil }
    let classCount: Int
    if shapes.outputs == cells.map({ [1] + $0 + [first[3]] }), first[3] > 4 {
      classCount = first[3] - 4
    } else if shapes.outputs == [first[1], 4].flatMap({ channels in cells.map { [1, channels] + $0 } }) {
      classCount = first[1]
    } else {
      return nil
    }
    guard let person = try shapes.personClass(of: classCount) else { return nil }
    return DetectorDescription(
      inputWidth: shapes.width, inputHeight: shapes.height,
      pixels: PixelFormat(channelOrder: .bgr, mean: [103.53, 116.28, 123.675], std: [57.375, 57.12, 58.395]),
      fit: .letterbox(.init(position: .topLeft)), format: name, classCount: classCount, personClass: person,
      suppressionThreshold: 0.6)
  }

  func candidates(
    _ outputs: [Tensor], _ description: DetectorDescription, width: Int, height: Int
  ) throws -> [Candidate] {
    let sizes = description.strides.map { (width: width / $0, height: height / $0) }
    let isInterleaved = outputs.count == sizes.count
    let channels = description.classCount + 4
    let fits = outputs.enumerated().allSatisfy { index, output in
      let size = sizes[index % sizes.count]
      return isInterleaved
        ? output.elementType == .float32 && output.shape == [1, size.height, size.width, channels]
        : output.isMap(
          channels: index < sizes.count ? description.classCount : 4, height: size.height, width: size.width)
    }
    guard fits, isInterleaved || outputs.count == 2 * sizes.count else {
      throw description.mismatch(
        outputs, wanted: "1×H×W×\(channels) a level, or class maps and then box maps of 1×C×H×W a level")
    }
    var result: [Candidate] = []
    for (index, size) in sizes.enumerated() {
      let boxes = isInterleaved ? outputs[index] : outputs[sizes.count + index]
      outputs[index].withFloats { scores in
        boxes.withFloats { distances in
          let count = size.width * size.height
          for cell in 0..<count {
            func score(_ label: Int) -> Double {
              (isInterleaved ? scores[cell * channels + label] : scores[label * count + cell]).sigmoid
            }
            let labels = description.wantedClasses.filter { score($0) > description.scoreThreshold }
            guard !labels.isEmpty else { continue }
            func distance(_ side: Int) -> Double {
              Double(
                isInterleaved
                  ? distances[cell * channels + description.classCount + side] : distances[side * count + cell])
            }
            guard (0..<4).allSatisfy({ distance($0).isFinite }) else { continue }
            let x = Double(cell % size.width * description.strides[index])
            let y = Double(cell / size.width * description.strides[index])
            let box = Box(
              minX: max(0, x - distance(0)), minY: max(0, y - distance(1)),
              maxX: min(Double(width), x + distance(2)), maxY: min(Double(height), y + distance(3)))
            result += labels.map { Candidate(box: box, score: score($0), label: $0) }
          }
        }
      }
    }
    return result
  }
}
