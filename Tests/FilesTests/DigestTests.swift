import Files
private import Foundation
import Testing

@Suite struct `Digests` {
  /// Digests of FIPS 180-4's examples.
  @Test(arguments: [
    ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
  ])
  func `SHA-256 is that of the standard`(text: String, repetitions: Int, digest: String) {
    #expect(FileDigest.sha256(of: Data(String(repeating: text, count: repetitions).utf8)) == digest)
  }

  @Test func `SHA-256 is the same in parts and without the processor's instructions`() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 3) }
    for count in [55, 56, 63, 64, 65, 119, 120, 128, 1000] {
      let whole = FileDigest.sha256(of: Data(bytes[..<count]))
      for (size, isPlain) in [(1, false), (63, false), (100, true)] {
        var digest = SHA256(isPlain: isPlain)
        for start in stride(from: 0, to: count, by: size) {
          bytes[start..<min(start + size, count)].withUnsafeBytes { digest.update($0) }
        }
        #expect(digest.finish() == whole)
      }
    }
  }
}
