#if OneDNN

internal import Inference

extension Tensor {
  /// Weights (O × I × kH × kW) with zeros for more outputs and inputs.
  func filled(to shape: [Int]) throws -> Tensor {
    guard shape != self.shape else { return self }
    let (inputs, area) = (self.shape[1], shape[2] * shape[3])
    return try Tensor(shape: shape) { result in
      result.initialize(repeating: 0)
      withFloats { weights in
        for output in 0..<self.shape[0] {
          let row = weights[output * inputs * area..<(output + 1) * inputs * area]
          _ = result[(output * shape[1] * area)...].update(fromContentsOf: row)
        }
      }
    }
  }
}

#endif
