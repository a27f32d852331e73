internal import Foundation
internal import Inference

/// Files beside the tests.
enum Fixtures {
  static func file(_ name: String) -> URL {
    Bundle.module.resourceURL!.appending(path: "Fixtures/\(name)")
  }
}

extension Tensor {
  /// Same shape, type and bits.
  func isIdentical(to other: Tensor) -> Bool {
    guard shape == other.shape, elementType == other.elementType else { return false }
    switch elementType {
    case .float32: return floats.map(\.bitPattern) == other.floats.map(\.bitPattern)
    case .int64: return integers == other.integers
    }
  }
}
