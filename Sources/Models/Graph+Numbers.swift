internal import Inference

extension Graph {
  /// Refuses a network with constants that are NaN, or infinite where they weigh or normalise values. Elsewhere infinities
  /// have their use: in masks, and as the ends of a range.
  ///
  /// - Parameter file: what the network is called in messages.
  /// - Throws: `ModelError` with the constant's name, and what reading weights throws.
  func requireNumbers(in file: String) throws {
    var checked: Set<ValueID> = []
    for node in nodes {
      for (index, input) in node.inputs.enumerated() where input != Node.absent {
        guard let constant = values[input].constant, checked.insert(input).inserted else { continue }
        let isWeight = node.operation.isWeighing && index > 0
        guard try isWeight ? constant.hasNonNumbers() : constant.hasNaN() else { continue }
        let name = values[input].name.isEmpty ? node.name : values[input].name
        throw ModelError(
          .failed,
          "\(file): the weights \"\(name)\" hold values that are no numbers (NaN\(isWeight ? " or infinite" : "")); "
            + "the training diverged or the file is damaged, take another checkpoint")
      }
    }
  }
}

extension Operation {
  /// Whether the inputs after the first are multiplied with it or added to it.
  fileprivate var isWeighing: Bool {
    switch self {
    case .convolution, .transposedConvolution, .batchNormalization, .instanceNormalization, .layerNormalization, .gemm,
      .matrixMultiply, .parametricRelu:
      true
    default: false
    }
  }
}
