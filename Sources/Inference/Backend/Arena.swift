private import Foundation

/// Memory that a compiled network owns for its values or its scratch, aligned to cache lines.
///
/// Kernels may read a vector beyond the end of a value; the arena is that much longer than asked for.
public final class Arena {
  public let base: UnsafeMutableRawPointer
  private static let slack = 256

  /// Zeroed. Throws where there is no memory.
  public init(byteCount: Int) throws {
    var base: UnsafeMutableRawPointer?
    guard posix_memalign(&base, 64, byteCount + Self.slack) == 0, let base else {
      throw InferenceError(
        .backend, "there is no memory for \(byteCount >> 20) MB of this network; use a smaller batch")
    }
    memset(base, 0, byteCount + Self.slack)
    self.base = base
  }

  deinit {
    free(base)
  }
}
