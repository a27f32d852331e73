#if OneDNN

internal import Inference

/// What computes a convolution.
enum ConvolutionKernel {
  case oneDNN(Primitive)
  case own(OwnConvolution)

  /// Whether weights packed for one serve the other.
  func sharesWeights(with other: ConvolutionKernel) -> Bool {
    switch (self, other) {
    case (.oneDNN(let a), .oneDNN(let b)): a.sharesWeights(with: b)
    case (.own(let a), .own(let b)): a.sharesWeights(with: b)
    default: false
    }
  }

  /// `weights`: O × I/groups × kH × kW.
  func packed(_ weights: Tensor) throws -> AlignedMemory {
    switch self {
    case .oneDNN(let primitive): try primitive.packed(weights)
    case .own(let convolution): try convolution.packed(weights)
    }
  }

  /// Bytes of scratch memory for all of `threads` threads.
  func scratchByteCount(threads: Int) -> Int {
    switch self {
    case .oneDNN(let primitive): primitive.scratchByteCount
    case .own(let convolution): convolution.scratchByteCount(threads: threads) * threads
    }
  }
}

#endif
