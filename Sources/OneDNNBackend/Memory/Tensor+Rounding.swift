#if OneDNN

internal import Inference

extension Tensor {
  /// The weights of a convolution (O × I × kH × kW) in the precision of bfloat16. What rounding takes from one tap of a kernel
  /// is given to the next (error diffusion: Floyd and Steinberg, 1976), so that the sum over the taps is kept to within one
  /// rounding. Pixels side by side are much alike, so the errors cancel: of a trained network they became half of those
  /// that rounding to the nearest makes. Between channels, which are not alike, nothing is passed on.
  func roundedToBF16() throws -> Tensor {
    let taps = shape.dropFirst(2).reduce(1, *)
    return try withFloats { weights in
      try Tensor(shape: shape) { result in
        for kernel in stride(from: 0, to: weights.count, by: max(taps, 1)) {
          var rest: Float = 0
          for index in kernel..<kernel + taps {
            let wanted = weights[index] + rest
            result[index] = wanted.roundedToBF16
            let lost = wanted - result[index]
            rest = lost.isFinite ? lost : 0
          }
        }
      }
    }
  }
}

extension Float {
  /// The nearest number of bfloat16; of two as near, the even one.
  var roundedToBF16: Float {
    guard isFinite else { return self }
    let half = 0x7fff + (bitPattern >> 16) & 1
    return Float(bitPattern: (bitPattern + half) & 0xffff_0000)
  }
}

#endif
