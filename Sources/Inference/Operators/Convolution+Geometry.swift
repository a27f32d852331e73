/// Strides, dilations, kernels and paddings beyond this are refused, so that sizes never overflow.
private let attributeLimit = 1 << 24

private func check(_ values: [Int], count: Int, atLeast minimum: Int, _ name: String) throws {
  guard values.count == count, values.allSatisfy({ $0 >= minimum && $0 <= attributeLimit }) else {
    throw InferenceError(.unsupported, "\(name) \(values) is not \(count) numbers from \(minimum) to \(attributeLimit)")
  }
}

/// Total padding that makes ceil(input / stride) outputs, split so that the odd pixel goes after (upper) or before.
private func samePadding(
  _ autoPad: Convolution.AutoPad, input: [Int], extent: [Int], strides: [Int]
) -> [Int] {
  let total = (0..<2).map { axis in
    let output = (input[axis] + strides[axis] - 1) / strides[axis]
    return max(0, (output - 1) * strides[axis] + extent[axis] - input[axis])
  }
  let before = total.map { autoPad == .sameUpper ? $0 / 2 : $0 - $0 / 2 }
  return before + zip(total, before).map { $0 - $1 }
}

extension Convolution {
  /// With automatic padding made explicit.
  func resolved(input: [Int], weights: [Int], transposed: Bool) throws -> Convolution {
    try check(strides, count: 2, atLeast: 1, "strides")
    try check(dilations, count: 2, atLeast: 1, "dilations")
    try check(padding, count: 4, atLeast: 0, "padding")
    try check(outputPadding, count: 2, atLeast: 0, "output padding")
    try check(Array(weights[2...]), count: 2, atLeast: 1, "kernel size")
    guard groups >= 1 else { throw InferenceError(.invalidGraph, "cannot have \(groups) groups") }
    var resolved = self
    resolved.autoPad = .notSet
    let extent = kernelExtent(weights)
    switch autoPad {
    case .notSet: break
    case .valid: resolved.padding = [0, 0, 0, 0]
    case .sameUpper, .sameLower:
      let size = Array(input[2...])
      if transposed {
        // The output is input × stride; what the kernel reaches beyond it is cut.
        let total = (0..<2).map { max(0, extent[$0] + outputPadding[$0] - strides[$0]) }
        let before = total.map { autoPad == .sameUpper ? $0 / 2 : $0 - $0 / 2 }
        resolved.padding = before + zip(total, before).map { $0 - $1 }
      } else {
        resolved.padding = samePadding(autoPad, input: size, extent: extent, strides: strides)
      }
    }
    return resolved
  }

  /// How far the dilated kernel reaches: height, width.
  func kernelExtent(_ weights: [Int]) -> [Int] {
    (0..<2).map { (weights[2 + $0] - 1) * dilations[$0] + 1 }
  }

  /// N×O×H×W of the convolution of `input` (N×C×H×W) with `weights` (O×C/groups×kH×kW), explicit padding.
  func outputShape(input: [Int], weights: [Int]) throws -> [Int] {
    let (multiplied, overflow) = weights[1].multipliedReportingOverflow(by: groups)
    guard !overflow, multiplied == input[1], weights[0] % groups == 0, weights[0] > 0 else {
      throw InferenceError(
        .invalidGraph, "weights \(weights) with \(groups) groups do not fit the \(input[1]) channels of the input")
    }
    let extent = kernelExtent(weights)
    let size = try (0..<2).map { axis in
      let padded = input[2 + axis] + padding[axis] + padding[2 + axis]
      guard padded >= extent[axis] else {
        throw InferenceError(.invalidGraph, "the kernel is larger than the padded input \(input)")
      }
      return (padded - extent[axis]) / strides[axis] + 1
    }
    return [input[0], weights[0]] + size
  }

  /// N×O×H×W of the transposed convolution of `input` with `weights` (C×O/groups×kH×kW), explicit padding.
  func transposedOutputShape(input: [Int], weights: [Int]) throws -> [Int] {
    let (channels, overflow) = weights[1].multipliedReportingOverflow(by: groups)
    guard !overflow, weights[0] == input[1], input[1] % groups == 0, channels > 0 else {
      throw InferenceError(
        .invalidGraph, "weights \(weights) with \(groups) groups do not fit the \(input[1]) channels of the input")
    }
    let extent = kernelExtent(weights)
    let size = try (0..<2).map { axis in
      let reach = (input[2 + axis] - 1) * strides[axis] + extent[axis] + outputPadding[axis]
      let size = reach - padding[axis] - padding[2 + axis]
      guard input[2 + axis] > 0, size > 0 else {
        throw InferenceError(.invalidGraph, "nothing is left of the output after cutting the padding")
      }
      return size
    }
    return [input[0], channels] + size
  }
}

extension Pooling {
  /// With automatic padding made explicit.
  func resolved(input: [Int]) throws -> Pooling {
    try check(kernel, count: 2, atLeast: 1, "kernel size")
    try check(strides, count: 2, atLeast: 1, "strides")
    try check(dilations, count: 2, atLeast: 1, "dilations")
    try check(padding, count: 4, atLeast: 0, "padding")
    var resolved = self
    resolved.autoPad = .notSet
    switch autoPad {
    case .notSet: break
    case .valid: resolved.padding = [0, 0, 0, 0]
    case .sameUpper, .sameLower:
      resolved.padding = samePadding(autoPad, input: Array(input[2...]), extent: kernelExtent, strides: strides)
      resolved.roundsUp = false
    }
    return resolved
  }

  var kernelExtent: [Int] {
    (0..<2).map { (kernel[$0] - 1) * dilations[$0] + 1 }
  }

  func outputShape(input: [Int]) throws -> [Int] {
    let extent = kernelExtent
    let size = try (0..<2).map { axis in
      let padded = input[2 + axis] + padding[axis] + padding[2 + axis]
      guard padded >= extent[axis] else {
        throw InferenceError(.invalidGraph, "the window is larger than the padded input \(input)")
      }
      let span = padded - extent[axis]
      let count = (roundsUp ? (span + strides[axis] - 1) / strides[axis] : span / strides[axis]) + 1
      // A last window that would start beyond the input and its leading padding is dropped, as PyTorch does.
      let startsOutside = (count - 1) * strides[axis] >= input[2 + axis] + padding[axis]
      return roundsUp && startsOutside ? count - 1 : count
    }
    return Array(input[..<2]) + size
  }
}
