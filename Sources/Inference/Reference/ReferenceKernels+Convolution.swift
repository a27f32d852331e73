extension ReferenceKernels {
  /// Direct convolution, one output row at a time, so that the innermost loop runs along contiguous pixels.
  static func convolution(
    _ parameters: Convolution, _ x: Tensor, weights: Tensor, bias: Tensor?, residual: Tensor?, _ shape: [Int]
  ) -> Tensor {
    let (channels, height, width) = (x.shape[1], x.shape[2], x.shape[3])
    let (kernelHeight, kernelWidth) = (weights.shape[2], weights.shape[3])
    let groupInputs = weights.shape[1]
    let groupOutputs = weights.shape[0] / parameters.groups
    let kernelArea = kernelHeight * kernelWidth

    let output = Tensor(
      shape: shape,
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
    return finished(output, bias: bias, residual: residual, parameters.activation)
  }

  /// The transpose of the convolution with the same parameters: every input pixel adds the weighted kernel to the output.
  static func transposedConvolution(
    _ parameters: Convolution, _ x: Tensor, weights: Tensor, bias: Tensor?, residual: Tensor?, _ shape: [Int]
  ) -> Tensor {
    let (channels, height, width) = (x.shape[1], x.shape[2], x.shape[3])
    let (kernelHeight, kernelWidth) = (weights.shape[2], weights.shape[3])
    let groupOutputs = weights.shape[1]
    let groupInputs = channels / parameters.groups

    let output = Tensor(
      shape: shape,
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
    return finished(output, bias: bias, residual: residual, parameters.activation)
  }

  /// activation(x + bias + residual).
  private static func finished(_ x: Tensor, bias: Tensor?, residual: Tensor?, _ activation: Activation?) -> Tensor {
    var result = x
    if let bias {
      result = broadcast(result, bias.reshaped([1, x.shape[1], 1, 1]), x.shape, +)
    }
    if let residual {
      result = broadcast(result, residual, x.shape, +)
    }
    if let activation {
      result = map(result, activation.callAsFunction)
    }
    return result
  }
}

extension Tensor {
  /// An N×C×H×W tensor of zeros whose rows `body` adds to, given the image, the channel and the row.
  fileprivate init(
    shape: [Int], addingToRows body: (UnsafeMutableBufferPointer<Float>, _ n: Int, _ c: Int, _ y: Int) -> Void
  ) {
    self.init(shape: shape) { (values: UnsafeMutableBufferPointer<Float>) in
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
}
