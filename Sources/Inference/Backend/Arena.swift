/// Memory that a compiled network owns for its values or its scratch, aligned to cache lines.
///
/// Kernels may read a vector beyond the end of a value; the arena is that much longer than asked for.
public final class Arena {
  public let base: UnsafeMutableRawPointer
  private static let slack = 256

  public init(byteCount: Int) {
    base = .allocate(byteCount: byteCount + Self.slack, alignment: 64)
    base.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount + Self.slack)
  }

  deinit {
    base.deallocate()
  }
}
