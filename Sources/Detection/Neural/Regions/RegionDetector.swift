internal import Foundation
internal import Imaging
package import Inference
package import Models
package import Pose

/// A detector in two stages, Faster or Cascade R-CNN: one network proposes regions of the frame, another tells what is in each and
/// moves it. Both are compiled, the second for a fixed number of regions.
///
/// Not thread safe: one owner runs it.
package final class RegionDetector: BoxProvider {
  /// What descriptions call it.
  static let format = "rcnn"

  package let description: DetectorDescription
  private let name: String
  private let trunk: Network
  private let heads: [Network]
  private let scaling: PixelScaling
  private let proposals = RegionProposals()
  private let aligner = RegionAligner()

  /// Deviations of the deltas of each stage, as published.
  private static let deviations: [[Float]] = [
    [0.1, 0.1, 0.2, 0.2], [0.05, 0.05, 0.1, 0.1], [0.033, 0.033, 0.067, 0.067],
  ]

  /// - Parameters:
  ///   - graph: of a `RegionCNN`.
  ///   - network: puts a graph on its backend.
  /// - Throws: `DetectionError` where the graph is another network's.
  package init(
    graph: Graph, description: DetectorDescription, name: String = "the detector", network: (Graph) -> Network
  ) throws {
    let names = graph.outputs.map { graph.values[$0].name }
    let stages = names.count { $0.hasPrefix("cls_") }
    guard (1...Self.deviations.count).contains(stages), stages == graph.inputs.count - 1 else {
      throw DetectionError(
        "\(name): its description says format \"\(Self.format)\", which needs \"architecture\" with type \"rcnn\" and a checkpoint"
      )
    }
    self.description = description
    self.name = name
    trunk = network(graph.part(making: names.filter { $0.hasPrefix("rpn_") || $0.hasPrefix("fpn_") }))
    trunk.keptShapes = NeuralDetector.keptShapes
    heads = (0..<stages).map { network(graph.part(making: ["cls_\($0)", "bbox_\($0)"])) }
    scaling = PixelScaling(
      scale: description.pixels.scale, mean: description.pixels.mean, deviation: description.pixels.std,
      reversesChannels: description.pixels.channelOrder == .bgr)
  }

  /// People in the frame, best first, clipped to it. Throws `DetectionError` where the networks don't give numbers.
  package func boxes(in frame: FrameView) throws -> [ScoredBox] {
    guard frame.picture.width > 0, frame.picture.height > 0 else { return [] }
    return try detections(in: frame.picture).people(description).compactMap {
      $0.clipped(width: frame.picture.width, height: frame.picture.height, smallestSide: NeuralDetector.smallestSide)
    }
  }

  /// Boxes of all classes, in pixels of the frame.
  func detections(in picture: Picture) throws -> [Candidate] {
    let fit = FrameFit(picture, description)
    return try detections(in: picture) { fit.frameBox($0) }
  }

  /// - Parameter place: brings boxes from pixels of the input to where they are wanted.
  func detections(in picture: Picture, placing place: (Box) -> Box) throws -> [Candidate] {
    let fit = FrameFit(picture, description)
    let size = (width: Float(fit.width), height: Float(fit.height))
    let maps = try maps(of: picture)
    let regions = proposals.proposals(logits: maps.named("rpn_cls_"), deltas: maps.named("rpn_bbox_"), within: size)
    guard !regions.isEmpty else { return [] }
    return try classified(regions.map(\.box), maps.named("fpn_"), size).suppressed(by: description, frameBox: place)
  }

  /// The pyramid and what is proposed on it, by name.
  func maps(of picture: Picture) throws -> [(name: String, tensor: Tensor)] {
    let fit = FrameFit(picture, description)
    let input = try Tensor(shape: [1, 3, fit.inputHeight, fit.inputWidth]) {
      fit.draw(picture, scaling: scaling, into: $0.baseAddress!)
    }
    return try run(trunk, [input])
  }

  /// What the regions show, each moved to it, in pixels of the input.
  private func classified(
    _ regions: [Corners], _ pyramid: [Tensor], _ size: (width: Float, height: Float)
  ) throws -> [Candidate] {
    var regions = regions
    var sums: [Float] = []
    let length = description.classCount + 1
    for (stage, head) in heads.enumerated() {
      let results = try run(head, [try cut(regions, pyramid)])
      let (logits, deltas) = (results.named("cls_")[0].floats, results.named("bbox_")[0])
      sums = sums.isEmpty ? logits : zip(sums, logits).map { $0 + $1 }
      let coder = BoxDeltas(deviations: Self.deviations[stage])
      let perRegion = deltas.shape[1] / 4
      if stage == heads.count - 1 {
        return deltas.withFloats { deltas in
          regions.indices.flatMap { region -> [Candidate] in
            let row = sums[region * length..<(region + 1) * length].map { Double($0) / Double(heads.count) }
            let largest = row.max() ?? 0
            let total = row.reduce(0) { $0 + exp($1 - largest) }
            return description.wantedClasses.compactMap { label in
              let score = exp(row[label] - largest) / total
              guard score > description.scoreThreshold else { return nil }
              let box = coder.moved(
                regions[region], by: deltas.four(at: region * perRegion + (perRegion == 1 ? 0 : label)), within: size)
              return Candidate(
                box: Box(
                  minX: Double(box.x1), minY: Double(box.y1), maxX: Double(box.x2), maxY: Double(box.y2)),
                score: score, label: label)
            }
          }
        }
      }
      deltas.withFloats { deltas in
        regions = regions.enumerated().map { coder.moved($1, by: deltas.four(at: $0), within: size) }
      }
    }
    return []
  }

  /// The regions out of the pyramid, filled up with nothing to the number that the network is compiled for.
  private func cut(_ regions: [Corners], _ pyramid: [Tensor]) throws -> Tensor {
    try Tensor(shape: [proposals.limit, pyramid[0].shape[1], aligner.height, aligner.width]) { target in
      target.update(repeating: 0)
      aligner.cut(regions, outOf: pyramid, into: target)
    }
  }

  private func run(_ network: Network, _ inputs: [Tensor]) throws -> [(name: String, tensor: Tensor)] {
    let names = network.graph.outputs.map { network.graph.values[$0].name }
    return try zip(names, network.run(inputs)).map { name, tensor in
      guard try !tensor.hasNaN() else { throw DetectionError.noNumbers(in: " \"\(name)\"", of: self.name) }
      return (name, tensor)
    }
  }
}

extension [(name: String, tensor: Tensor)] {
  /// Those whose names begin so, in their order.
  fileprivate func named(_ prefix: String) -> [Tensor] { filter { $0.name.hasPrefix(prefix) }.map(\.tensor) }
}

extension UnsafeBufferPointer<Float> {
  fileprivate func four(at index: Int) -> (Float, Float, Float, Float) {
    (self[4 * index], self[4 * index + 1], self[4 * index + 2], self[4 * index + 3])
  }
}
