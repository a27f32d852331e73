/// Data, weights (O, I/groups, kH, kW), bias and residual where given.
struct DirectConvolution: Operator {
  var parameters: Convolution

  func canonical(_ operands: Operands) throws -> Operation? {
    let (input, weights) = (try operands.imageType().shape, try operands.imageType(1, "weights").shape)
    return .convolution(try parameters.resolved(input: input, weights: weights, transposed: false))
  }

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let (input, weights) = (try operands.imageType().shape, try operands.imageType(1, "weights").shape)
    return try operands.checkedForConvolution(parameters.outputShape(input: input, weights: weights))
  }

  func work(_ operands: Operands, _ types: [TensorType]) -> Int { .max }

  func keepsItemsApart(_ operands: Operands) -> Bool { operands.isShared(1) && operands.isShared(2) }

  /// One output row at a time, so that the innermost loop runs along contiguous pixels.
  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (x, weights) = (try operands.tensor(0), try operands.tensor(1))
    let (channels, height, width) = (x.shape[1], x.shape[2], x.shape[3])
    let (kernelHeight, kernelWidth) = (weights.shape[2], weights.shape[3])
    let groupInputs = weights.shape[1]
    let groupOutputs = weights.shape[0] / parameters.groups
    let kernelArea = kernelHeight * kernelWidth

    let sums = try Tensor(
      shape: types[0].shape,
      addingToRows: { row, n, o, y in
        let group = o / groupOutputs
        weights.withFloats { weights in
          x.withFloats { x in
            for i in 0..<groupInputs {
              let plane = (n * channels + group * groupInputs + i) * height * width
              for ky in 0..<kernelHeight {
                let sourceY = y * parameters.strides[0] + ky * parameters.dilations[0] - parameters.padding[0]
                guard sourceY >= 0, sourceY < height else { continue }
                for kx in 0..<kernelWidth {
                  let weight = weights[(o * groupInputs + i) * kernelArea + ky * kernelWidth + kx]
                  let shift = kx * parameters.dilations[1] - parameters.padding[1]
                  let stride = parameters.strides[1]
                  // The outputs whose source column lies inside the image.
                  let first = shift >= 0 ? 0 : (-shift + stride - 1) / stride
                  let end = shift >= width ? 0 : min(row.count, (width - 1 - shift) / stride + 1)
                  guard first < end else { continue }
                  let source = plane + sourceY * width + shift
                  for column in first..<end {
                    row[column] += weight * x[source + column * stride]
                  }
                }
              }
            }
          }
        }
      })
    return [try sums.finished(operands, parameters.activation)]
  }
}

/// The transpose of the convolution with the same parameters: every input pixel adds the weighted kernel to the output.
/// Weights are (I, O/groups, kH, kW).
struct TransposedConvolution: Operator {
  var parameters: Convolution

  func canonical(_ operands: Operands) throws -> Operation? {
    let (input, weights) = (try operands.imageType().shape, try operands.imageType(1, "weights").shape)
    return .transposedConvolution(try parameters.resolved(input: input, weights: weights, transposed: true))
  }

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let (input, weights) = (try operands.imageType().shape, try operands.imageType(1, "weights").shape)
    return try operands.checkedForConvolution(parameters.transposedOutputShape(input: input, weights: weights))
  }

  func work(_ operands: Operands, _ types: [TensorType]) -> Int { .max }

  func keepsItemsApart(_ operands: Operands) -> Bool { operands.isShared(1) && operands.isShared(2) }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (x, weights) = (try operands.tensor(0), try operands.tensor(1))
    let (channels, height, width) = (x.shape[1], x.shape[2], x.shape[3])
    let (kernelHeight, kernelWidth) = (weights.shape[2], weights.shape[3])
    let groupOutputs = weights.shape[1]
    let groupInputs = channels / parameters.groups

    let sums = try Tensor(
      shape: types[0].shape,
      addingToRows: { row, n, o, y in
        let group = o / groupOutputs
        weights.withFloats { weights in
          x.withFloats { x in
            for i in group * groupInputs..<(group + 1) * groupInputs {
              for ky in 0..<kernelHeight {
                let reach = y + parameters.padding[0] - ky * parameters.dilations[0]
                let sourceY = reach / parameters.strides[0]
                guard reach >= 0, reach % parameters.strides[0] == 0, sourceY < height else { continue }
                let source = ((n * channels + i) * height + sourceY) * width
                for kx in 0..<kernelWidth {
                  let weight =
                    weights[((i * groupOutputs + o % groupOutputs) * kernelHeight + ky) * kernelWidth + kx]
                  for sourceX in 0..<width {
                    let column =
                      sourceX * parameters.strides[1] + kx * parameters.dilations[1] - parameters.padding[1]
                    guard column >= 0, column < row.count else { continue }
                    row[column] += weight * x[source + sourceX]
                  }
                }
              }
            }
          }
        }
      })
    return [try sums.finished(operands, parameters.activation)]
  }
}

extension Operands {
  fileprivate func checkedForConvolution(_ shape: [Int]) throws -> [TensorType] {
    let output = TensorType(shape)
    try checkVector(2, "bias", count: shape[1])
    if let residual = optionalType(3), residual != output {
      throw InferenceError(.invalidGraph, "the residual is \(residual), the output \(output)")
    }
    return [output]
  }
}

extension Tensor {
  /// An N×C×H×W tensor of zeros whose rows `body` adds to, given the image, the channel and the row.
  fileprivate init(
    shape: [Int], addingToRows body: (UnsafeMutableBufferPointer<Float>, _ n: Int, _ c: Int, _ y: Int) -> Void
  ) throws {
    try self.init(shape: shape) { (values: UnsafeMutableBufferPointer<Float>) in
      values.initialize(repeating: 0)
      let (channels, height, width) = (shape[1], shape[2], shape[3])
      for plane in 0..<shape[0] * channels {
        for y in 0..<height {
          let row = UnsafeMutableBufferPointer(
            rebasing: values[(plane * height + y) * width..<(plane * height + y + 1) * width])
          body(row, plane / channels, plane % channels, y)
        }
      }
    }
  }

  /// activation(x + bias + residual), the latter two inputs 2 and 3 of the convolution.
  fileprivate func finished(_ operands: Operands, _ activation: Activation?) throws -> Tensor {
    var result = self
    if let bias = operands.optionalTensor(2) {
      result = try broadcast(result, bias.reshaped([1, shape[1], 1, 1]), shape, +)
    }
    if let residual = operands.optionalTensor(3) {
      result = try broadcast(result, residual, shape, +)
    }
    return try activation.map { try result.mapped($0.callAsFunction) } ?? result
  }
}
