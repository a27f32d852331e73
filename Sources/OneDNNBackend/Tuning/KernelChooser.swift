#if OneDNN

internal import COneDNN
internal import Inference

/// Picks a kernel of oneDNN for each convolution.
final class KernelChooser {
  private var known: [ConvolutionKey: Primitive?] = [:]

  /// nil where oneDNN has nothing better than plain loops for the layouts of `key`.
  func primitive(for key: ConvolutionKey) throws -> Primitive? {
    if let primitive = known[key] { return primitive }
    var chosen: Primitive?
    if key.suitsWinograd, key.source[1] >= 32, key.result[1] >= 32 {
      chosen = try? key.primitive(ODNN_WINOGRAD)
    }
    if chosen == nil, let direct = try? key.primitive(ODNN_DIRECT), !direct.kernel.hasPrefix("ref") {
      chosen = direct
    }
    known[key] = .some(chosen)
    return chosen
  }
}

#endif
