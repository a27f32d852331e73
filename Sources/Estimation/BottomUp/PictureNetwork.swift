internal import Imaging
internal import Inference
internal import Models
internal import Pose

/// A network that looks at whole pictures of any size: draws them as it wants them, runs, and checks what comes out.
struct PictureNetwork {
  let network: Network
  /// In messages.
  let name: String
  private let scaling: PixelScaling

  /// No input has a longer side: pictures that would need one are too narrow to be looked at.
  private static let longestSide = 8192

  /// - Throws: `EstimationError` where the network does not take pictures.
  init(_ network: Network, pixels: PixelFormat, name: String) throws {
    guard let input = network.graph.inputs.first, network.graph.inputs.count == 1, input.shape.count == 4,
      [nil, 1].contains(input.shape[0]), [nil, 3].contains(input.shape[1])
    else {
      throw EstimationError("\(name): must have one input of 1 × 3 × height × width")
    }
    self.network = network
    self.name = name
    scaling = PixelScaling(pixels)
  }

  /// `fit`, if the network takes such inputs.
  func checked(_ fit: PictureFit, of picture: Picture) throws -> PictureFit {
    guard [fit.affine.a, fit.affine.e].allSatisfy({ $0.isFinite && $0 > 0 }) else {
      throw EstimationError(
        "\(name): a picture of \(picture.width) × \(picture.height) is too small for UDP, which needs two pixels a side"
      )
    }
    guard max(fit.width, fit.height) <= Self.longestSide else {
      throw EstimationError(
        "\(name): a picture of \(picture.width) × \(picture.height) is too narrow for a network that looks at whole pictures: it "
          + "would have to be enlarged to \(fit.width) × \(fit.height); cut it first")
    }
    let taken = network.graph.inputs[0].shape
    for (size, wanted) in zip([taken[3], taken[2]], [fit.width, fit.height]) {
      guard let size, size != wanted else { continue }
      throw EstimationError(
        "\(name): takes pictures of one size only, and one of \(picture.width) × \(picture.height) is resized to \(fit.width) × "
          + "\(fit.height): export it with free height and width")
    }
    return fit
  }

  /// The picture, black around it.
  func input(_ picture: Picture, _ fit: PictureFit) throws -> Tensor {
    let warp = fit.affine
    return try Tensor(shape: [1, 3, fit.height, fit.width]) { (floats: UnsafeMutableBufferPointer<Float>) in
      picture.sample(
        columns: SamplingAxis(start: -warp.c / warp.a, step: 1 / warp.a, count: fit.width),
        rows: SamplingAxis(start: -warp.f / warp.e, step: 1 / warp.e, count: fit.height), border: .zero,
        scaling: scaling, into: floats.baseAddress!, rowStride: fit.width, planeStride: fit.width * fit.height)
    }
  }

  /// The outputs, maps of one picture whose number `isExpected` for each; `expectation` says in messages which are.
  func run(_ input: Tensor, expecting expectation: String, _ isExpected: (Int) -> Bool) throws -> [Tensor] {
    let outputs = try network.run([input])
    for tensor in outputs {
      guard tensor.elementType == .float32, tensor.shape.count == 4, tensor.shape[0] == 1,
        isExpected(tensor.shape[1]), tensor.shape.allSatisfy({ $0 > 0 })
      else {
        throw EstimationError(
          "\(name): gives \(tensor.shape.map(String.init).joined(separator: " × ")) where \(expectation)")
      }
      guard try !tensor.hasNonNumbers() else {
        throw EstimationError(
          "\(name): its output holds values that are no numbers (NaN or infinite); take another model, or try --precision f32",
          code: .failed)
      }
    }
    return outputs
  }
}

extension Tensor {
  /// Some of the channels of the only item.
  func maps(_ channels: Range<Int>) -> PredictionMaps {
    let size = shape[2] * shape[3]
    return PredictionMaps(
      channels: channels.count, height: shape[2], width: shape[3],
      values: withFloats { Array($0[channels.lowerBound * size..<channels.upperBound * size]) })
  }
}
