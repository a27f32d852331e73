internal import CKernels
internal import Inference

/// An image batch in blocks of channels, as kernels want it: with all channels of a pixel side by side, or else block by block.
struct Blocks {
  /// N, C, H, W.
  let shape: [Int]
  let isBF16: Bool
  let vectors: Int
  let planes: Int
  private(set) var bytes: [UInt8]
  private let kernels: CKKernels

  init(_ shape: [Int], isBF16: Bool = false, sideBySide: Bool = false, _ kernels: CKKernels) {
    let blocks = (shape[1] + kernels.lanes - 1) / kernels.lanes
    self.shape = shape
    self.isBF16 = isBF16
    self.kernels = kernels
    vectors = sideBySide ? blocks : 1
    planes = sideBySide ? shape[0] : shape[0] * blocks
    bytes = Array(repeating: 0, count: shape[0] * blocks * kernels.lanes * shape[2] * shape[3] * (isBF16 ? 2 : 4))
  }

  init(_ tensor: Tensor, isBF16: Bool = false, sideBySide: Bool = false, _ kernels: CKKernels) {
    self.init(tensor.shape, isBF16: isBF16, sideBySide: sideBySide, kernels)
    let (shape, vectors) = (shape, vectors)
    tensor.withFloats { floats in
      bytes.withUnsafeMutableBytes {
        kernels.blocks.pack(
          floats.baseAddress, $0.baseAddress, isBF16, shape[0], shape[1], shape[2] * shape[3], vectors)
      }
    }
  }

  var tensor: Tensor {
    get throws {
      try Tensor(shape: shape) { (floats: UnsafeMutableBufferPointer<Float>) in
        bytes.withUnsafeBytes {
          kernels.blocks.unpack(
            $0.baseAddress, floats.baseAddress, isBF16, shape[0], shape[1], shape[2] * shape[3], vectors)
        }
      }
    }
  }

  mutating func change(_ body: (UnsafeMutableRawPointer) -> Void) {
    bytes.withUnsafeMutableBytes { body($0.baseAddress!) }
  }

  func withBytes(_ body: (UnsafeRawPointer) -> Void) {
    bytes.withUnsafeBytes { body($0.baseAddress!) }
  }
}
