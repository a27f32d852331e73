internal import CKernels

enum PixelKernels {
  /// The widest that this processor runs.
  static let widest = ck_kernels(ck_level()).pixels
}
