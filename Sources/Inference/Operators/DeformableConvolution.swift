private import Dispatch

extension Operation {
  /// data N×C×H×W, weights O×C/groups×kH×kW, offsets N×2·G·kH·kW×outH×outW (for every place of the kernel down, then across, in
  /// pixels), bias (O, optional), mask N×G·kH·kW×outH×outW (optional), G being `offsetGroups`: groups of channels that look at places of
  /// their own. What lies outside the data is 0 (Dai et al., Deformable Convolutional Networks, 2017; with a mask Zhu et al., 2019; the
  /// ONNX operator DeformConv).
  public static func deformableConvolution(_ geometry: Convolution, offsetGroups: Int) -> Operation {
    .plain(PlainOperation(DeformableConvolution(geometry: geometry, offsetGroups: offsetGroups)))
  }
}

private struct DeformableConvolution: Operator {
  var geometry: Convolution
  var offsetGroups: Int

  func canonical(_ operands: Operands) throws -> Operation? {
    let (input, weights) = (try operands.imageType().shape, try operands.imageType(1, "weights").shape)
    return .deformableConvolution(
      try geometry.resolved(input: input, weights: weights, transposed: false), offsetGroups: offsetGroups)
  }

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let (input, weights) = (try operands.imageType().shape, try operands.imageType(1, "weights").shape)
    let output = try geometry.outputShape(input: input, weights: weights)
    guard offsetGroups >= 1, input[1].isMultiple(of: offsetGroups) else {
      throw InferenceError(
        .invalidGraph, "\(input[1]) channels are not \(offsetGroups) groups with offsets of their own")
    }
    let places = offsetGroups * weights[2] * weights[3]
    try check(operands.imageType(2, "offsets"), [input[0], 2 * places] + output[2...], "offsets")
    try operands.checkVector(3, "bias", count: output[1])
    if let mask = operands.optionalType(4) { try check(mask, [input[0], places] + output[2...], "mask") }
    return [TensorType(output)]
  }

  private func check(_ type: TensorType, _ expected: [Int], _ name: String) throws {
    guard type == TensorType(expected) else {
      throw InferenceError(.invalidGraph, "the \(name) are \(type), not \(TensorType(expected))")
    }
  }

  func work(_ operands: Operands, _ types: [TensorType]) -> Int { .max }

  func keepsItemsApart(_ operands: Operands) -> Bool { operands.isShared(1) && operands.isShared(3) }

  /// Every image and group of channels on its own: the pixels that a row of the output looks at, then their weighted sums.
  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (x, weights, offsets) = (try operands.tensor(0), try operands.tensor(1), try operands.tensor(2))
    let rows = DeformedRows(
      geometry: geometry, offsetGroups: offsetGroups, input: x.shape, weights: weights.shape, output: types[0].shape)
    let bias = operands.optionalTensor(3)?.floats
    let mask = operands.optionalTensor(4)
    let groupOutputs = weights.shape[0] / geometry.groups
    let (depth, width, height) = (rows.depth, types[0].shape[3], types[0].shape[2])
    let result = try Tensor(shape: types[0].shape) { (output: UnsafeMutableBufferPointer<Float>) in
      x.withFloats { x in
        weights.withFloats { weights in
          offsets.withFloats { offsets in
            withOptionalFloats(mask) { mask in
              // Each iteration writes the channels of its own group.
              nonisolated(unsafe) let (x, weights, offsets, mask, output) = (x, weights, offsets, mask, output)
              DispatchQueue.concurrentPerform(iterations: types[0].shape[0] * geometry.groups) { part in
                let (item, group) = part.quotientAndRemainder(dividingBy: geometry.groups)
                var columns = [Float](repeating: 0, count: depth * width)
                for y in 0..<height {
                  rows.fill(&columns, item: item, group: group, y: y, x, offsets, mask)
                  for channel in group * groupOutputs..<(group + 1) * groupOutputs {
                    let start = ((item * types[0].shape[1] + channel) * height + y) * width
                    let row = output.baseAddress! + start
                    row.update(repeating: bias?[channel] ?? 0, count: width)
                    columns.withUnsafeBufferPointer { columns in
                      for index in 0..<depth {
                        let weight = weights[channel * depth + index]
                        let source = columns.baseAddress! + index * width
                        for column in 0..<width { row[column] += weight * source[column] }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    return [result]
  }
}

private func withOptionalFloats(_ tensor: Tensor?, _ body: (UnsafeBufferPointer<Float>?) -> Void) {
  guard let tensor else { return body(nil) }
  tensor.withFloats { body($0) }
}

/// What the kernel sees from one row of the output.
private struct DeformedRows: Sendable {
  let geometry: Convolution
  let channels: Int
  let height: Int
  let width: Int
  let offsetGroups: Int
  let groupInputs: Int
  let kernelHeight: Int
  let kernelWidth: Int
  let outputHeight: Int
  let outputWidth: Int

  init(geometry: Convolution, offsetGroups: Int, input: [Int], weights: [Int], output: [Int]) {
    self.geometry = geometry
    self.offsetGroups = offsetGroups
    (channels, height, width) = (input[1], input[2], input[3])
    (groupInputs, kernelHeight, kernelWidth) = (weights[1], weights[2], weights[3])
    (outputHeight, outputWidth) = (output[2], output[3])
  }

  /// Numbers that a pixel of the output sums up.
  var depth: Int { groupInputs * kernelHeight * kernelWidth }

  /// Four pixels around a place and what each counts, 0 where it lies outside.
  private struct Place {
    var topLeft = 0
    var topRight = 0
    var bottomLeft = 0
    var bottomRight = 0
    var shares = SIMD4<Float>.zero
  }

  /// `columns` gets a row of the output's width for every channel of the group and place of the kernel.
  func fill(
    _ columns: inout [Float], item: Int, group: Int, y: Int, _ x: UnsafeBufferPointer<Float>,
    _ offsets: UnsafeBufferPointer<Float>, _ mask: UnsafeBufferPointer<Float>?
  ) {
    let area = kernelHeight * kernelWidth
    var places = [Place](repeating: Place(), count: outputWidth)
    for tap in 0..<area {
      var known = -1
      for input in 0..<groupInputs {
        let channel = group * groupInputs + input
        let offsetGroup = channel / (channels / offsetGroups)
        if offsetGroup != known {
          locate(&places, item: item, set: offsetGroup * area + tap, tap: tap, y: y, offsets, mask)
          known = offsetGroup
        }
        let plane = x.baseAddress! + (item * channels + channel) * height * width
        let target = (input * area + tap) * outputWidth
        columns.withUnsafeMutableBufferPointer { columns in
          for column in 0..<outputWidth {
            let place = places[column]
            columns[target + column] =
              plane[place.topLeft] * place.shares[0] + plane[place.topRight] * place.shares[1]
              + plane[place.bottomLeft] * place.shares[2] + plane[place.bottomRight] * place.shares[3]
          }
        }
      }
    }
  }

  /// - Parameter set: which of the offsets, counted over groups and places of the kernel.
  private func locate(
    _ places: inout [Place], item: Int, set: Int, tap: Int, y: Int, _ offsets: UnsafeBufferPointer<Float>,
    _ mask: UnsafeBufferPointer<Float>?
  ) {
    let sets = offsetGroups * kernelHeight * kernelWidth
    let size = outputHeight * outputWidth
    let down = (item * 2 * sets + 2 * set) * size + y * outputWidth
    let across = down + size
    let top = y * geometry.strides[0] - geometry.padding[0] + tap / kernelWidth * geometry.dilations[0]
    let left = tap % kernelWidth * geometry.dilations[1] - geometry.padding[1]
    for column in 0..<outputWidth {
      let row = Float(top) + offsets[down + column]
      let place = Float(left + column * geometry.strides[1]) + offsets[across + column]
      // Also false for what is no number.
      guard row > -1, row < Float(height), place > -1, place < Float(width) else {
        places[column] = Place()
        continue
      }
      let (above, before) = (Int(row.rounded(.down)), Int(place.rounded(.down)))
      let (downShare, acrossShare) = (row - Float(above), place - Float(before))
      let isAbove: Float = above >= 0 ? 1 : 0
      let isBelow: Float = above + 1 < height ? 1 : 0
      let isBefore: Float = before >= 0 ? 1 : 0
      let isAfter: Float = before + 1 < width ? 1 : 0
      let (upper, lower) = (max(above, 0) * width, min(above + 1, height - 1) * width)
      let (first, second) = (max(before, 0), min(before + 1, width - 1))
      var shares = SIMD4(
        (1 - downShare) * (1 - acrossShare) * isAbove * isBefore, (1 - downShare) * acrossShare * isAbove * isAfter,
        downShare * (1 - acrossShare) * isBelow * isBefore, downShare * acrossShare * isBelow * isAfter)
      if let mask { shares *= mask[(item * sets + set) * size + y * outputWidth + column] }
      places[column] = Place(
        topLeft: upper + first, topRight: upper + second, bottomLeft: lower + first, bottomRight: lower + second,
        shares: shares)
    }
  }
}
