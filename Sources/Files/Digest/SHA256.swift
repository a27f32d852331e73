private import CKernels

/// SHA-256 of bytes that come in parts (FIPS 180-4).
///
/// libavutil has one too, but without the processor's instructions for it, at a tenth of the speed: a video of 4 GB would
/// wait 40 seconds for its first frame.
public struct SHA256: Sendable {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// Less than a block.
  private var rest: [UInt8] = []
  private var count: UInt64 = 0
  private let isPlain: Bool

  /// `isPlain` leaves the processor's instructions for the purpose unused, for tests.
  public init(isPlain: Bool = false) {
    self.isPlain = isPlain
  }

  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    count += UInt64(bytes.count)
    var bytes = bytes[...]
    if !rest.isEmpty {
      let missing = bytes.prefix(64 - rest.count)
      rest += missing
      bytes = bytes.dropFirst(missing.count)
      guard rest.count == 64 else { return }
      rest.withUnsafeBytes { take($0) }
      rest = []
    }
    let whole = bytes.count / 64 * 64
    take(UnsafeRawBufferPointer(rebasing: bytes.prefix(whole)))
    rest += bytes.dropFirst(whole)
  }

  /// The digest in hexadecimal.
  public consuming func finish() -> String {
    let bits = (count * 8).bigEndian
    rest.append(0x80)
    rest += [UInt8](repeating: 0, count: (120 - rest.count) % 64)
    withUnsafeBytes(of: bits) { rest += $0 }
    rest.withUnsafeBytes { take($0) }
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private mutating func take(_ blocks: UnsafeRawBufferPointer) {
    guard let bytes = blocks.bindMemory(to: UInt8.self).baseAddress else { return }
    ck_sha256(&state, bytes, blocks.count / 64, isPlain ? 1 : 0)
  }
}
