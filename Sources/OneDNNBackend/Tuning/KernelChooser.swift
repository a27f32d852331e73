#if OneDNN

internal import CKernels
internal import Inference

/// Picks a kernel for each convolution, by rules that were found by timing whole networks. What depends on nothing but the
/// layer is the same in every run, so that results are too; and single layers timed by themselves mislead, because their
/// weights are in the cache then, which they are not within a network.
final class KernelChooser {
  /// The kernels of our own that there are.
  let kernels: CKKernels
  private var known: [ConvolutionKey: Primitive?] = [:]

  init(kernels: CKKernels) {
    self.kernels = kernels
  }

  /// nil where oneDNN has nothing better than plain loops for the layouts of `key`.
  func primitive(for key: ConvolutionKey) -> Primitive? {
    if let primitive = known[key] { return primitive }
    let primitive = try? key.primitive()
    let usable = primitive.flatMap { $0.kernel.hasPrefix("ref") ? nil : $0 }
    known[key] = .some(usable)
    return usable
  }

  /// oneDNN prepares a primitive for the number of threads that it had then.
  func forgetPrimitives() {
    known = [:]
  }

  /// The method of our own to use, if one is better than oneDNN's. Products in registers need the 32 of AVX-512 for that.
  func ownMethod(for key: ConvolutionKey) -> OwnConvolution.Method? {
    let hasRegisters = kernels.level.rawValue >= CKLevel.avx512.rawValue
    if key.isDepthwise { return hasRegisters ? .depthwise : nil }
    guard key.isOfBlocks else { return nil }
    let channels = min(key.source[1], key.result[1])
    if channels >= 16, kernels.blocks.tiles.run != nil, tilesArePaying(for: key) { return .tiles }
    if channels >= 12, key.suitsWinograd { return winogradTile(for: key).map { .winograd(tile: $0) } }
    if channels >= 16, stridedWinogradIsPaying(for: key) { return .winograd(tile: 4) }
    return hasRegisters && key.source[1] > 3 ? .direct : nil
  }

  /// Whether the source is better read plane by plane: lanes that fill up a block are half of it or more then.
  func takesPlanes(_ key: ConvolutionKey) -> Bool {
    let spans = zip(key.kernel, key.dilations).map { ($0 - 1) * $1 + 1 }
    return kernels.level.rawValue >= CKLevel.avx512.rawValue && key.isPlanar && key.source[1] <= kernels.lanes / 2
      && spans.allSatisfy { $0 <= 16 }
  }

  /// Whether matrix tiles are faster than Winograd's convolution or, where there is none, than the processor's vectors, by the
  /// cycles that 32 results take. Tiles split each input anew for every position of the kernel, and whole tiles of 32 inputs
  /// and 32 outputs cost the same however few are used.
  private func tilesArePaying(for key: ConvolutionKey) -> Bool {
    let taps = key.kernel[0] * key.kernel[1]
    if key.suitsWinograd, taps > 4, key.result[1] < 256 { return false }
    let (chunks, pairs) = ((key.source[1] + 31) / 32 * taps, (key.result[1] + 31) / 32)
    let onTiles = chunks * (300 + 300 * pairs) + 250 * pairs
    let onVectors = 32 * key.source[1] * key.result[1] * taps / 26
    return 4 * onTiles < 3 * onVectors
  }

  /// Whether Winograd's filtering with stride 2 is faster than products in registers. It saves less than half of them; of few
  /// tiles, transforming the weights takes as much.
  private func stridedWinogradIsPaying(for key: ConvolutionKey) -> Bool {
    key.kernel == [3, 3] && key.strides == [2, 2] && key.dilations == [1, 1] && tiles(of: key) >= 48
  }

  /// Of 4 × 4 results.
  private func tiles(of key: ConvolutionKey) -> Int {
    ((key.result[2] + 3) / 4) * ((key.result[3] + 3) / 4)
  }

  /// nil where oneDNN's kernel is faster.
  private func winogradTile(for key: ConvolutionKey) -> Int? {
    if key.kernel == [2, 2] { return key.source[1] > 512 ? nil : 4 }
    // Of many channels and few pixels, reading the weights takes longer than the products. The number of items plays no
    // part, so that all batches share their weights.
    return min(key.source[1], key.result[1]) >= 256 && tiles(of: key) < 12 ? 2 : 4
  }
}

#endif
