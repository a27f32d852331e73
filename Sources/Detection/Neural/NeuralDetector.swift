internal import Imaging
package import Inference
package import Models
package import Pose

/// A person detector: the frame is fitted to the network's input, the output decoded, duplicates suppressed.
///
/// Not thread safe: one owner runs it.
package final class NeuralDetector: BoxProvider {
  /// Photos of many sizes would keep as many compiled networks whose input is as large as the picture.
  static let keptShapes = 4

  package let network: Network
  package let description: DetectorDescription
  private let name: String
  private let format: any DetectorFormat
  private let scaling: PixelScaling

  /// Narrower or lower boxes, in pixels of the frame, are dropped.
  static let smallestSide = 2.0

  /// - Parameter name: what the detector is called in messages.
  /// - Throws: `DetectionError` where the network does not take one picture of the described size, or its format is not
  ///   known.
  package init(network: Network, description: DetectorDescription, name: String = "the detector") throws {
    guard let input = network.graph.inputs.first, network.graph.inputs.count == 1, input.shape.count == 4 else {
      throw DetectionError("\(name): must have one input of batch × 3 × height × width")
    }
    var expected: [Int?] = [1, 3, description.inputHeight, description.inputWidth]
    if case .letterbox(let letterbox) = description.fit, letterbox.longestSide != nil {
      expected = [1, 3, nil, nil]
    }
    guard zip(input.shape, expected).allSatisfy({ $0 == nil || $0 == $1 }) else {
      let shape = input.shape.map { $0.map(String.init) ?? "?" }.joined(separator: " × ")
      throw DetectionError(
        "\(name): takes \(shape), its description says \(description.inputWidth) wide and "
          + "\(description.inputHeight) high: correct \"input_size\" or \"letterbox\"")
    }
    self.network = network
    network.keptShapes = Self.keptShapes
    self.description = description
    self.name = name
    format = try DetectorFormats.format(of: description, name: name)
    scaling = PixelScaling(
      scale: description.pixels.scale, mean: description.pixels.mean, deviation: description.pixels.std,
      reversesChannels: description.pixels.channelOrder == .bgr)
  }

  /// People in the frame, best first, clipped to it. Throws `DetectionError` where the outputs are not those of the format
  /// or no numbers.
  package func boxes(in frame: FrameView) throws -> [ScoredBox] {
    guard frame.picture.width > 0, frame.picture.height > 0 else { return [] }
    let input = try input(of: frame.picture)
    return try people(in: network.run([input.tensor]), input.fit).compactMap {
      $0.clipped(width: frame.picture.width, height: frame.picture.height, smallestSide: Self.smallestSide)
    }
  }

  /// The picture as the network takes it.
  func input(of picture: Picture) throws -> (tensor: Tensor, fit: FrameFit) {
    let fit = FrameFit(picture, description)
    let tensor = try Tensor(shape: [1, 3, fit.inputHeight, fit.inputWidth]) {
      fit.draw(picture, scaling: scaling, into: $0.baseAddress!)
    }
    return (tensor, fit)
  }

  /// Decoded and suppressed boxes of people in pixels of the frame, not clipped to it.
  func people(in outputs: [Tensor], _ fit: FrameFit) throws -> [ScoredBox] {
    try detections(in: outputs, fit).people(description)
  }

  /// Those of the wanted classes.
  func detections(in outputs: [Tensor], _ fit: FrameFit) throws -> [Candidate] {
    for (index, output) in outputs.enumerated() where try output.hasNaN() {
      let outputName =
        network.graph.outputs.indices.contains(index)
        ? " \"\(network.graph.values[network.graph.outputs[index]].name)\"" : ""
      throw DetectionError.noNumbers(in: outputName, of: name)
    }
    return try format.candidates(outputs, description, width: fit.inputWidth, height: fit.inputHeight)
      .suppressed(by: description, areAlready: format.isSuppressed) { fit.frameBox($0) }
  }
}

extension ScoredBox {
  /// The part inside the picture; nil where less than `smallestSide` pixels of it are wide or high.
  func clipped(width: Int, height: Int, smallestSide: Double) -> ScoredBox? {
    let inside = Box(
      minX: max(0, box.x), minY: max(0, box.y), maxX: min(Double(width), box.maxX),
      maxY: min(Double(height), box.maxY))
    guard inside.width >= smallestSide, inside.height >= smallestSide else { return nil }
    return ScoredBox(inside, score: min(max(score, 0), 1))
  }
}

/// Something with a score.
protocol Scored {
  var score: Double { get }
}

extension ScoredBox: Scored {}
extension Candidate: Scored {}

extension Array where Element: Scored {
  /// Sorted by score; equal scores keep their order.
  var bestFirst: [Element] {
    enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }.map(\.element)
  }
}
