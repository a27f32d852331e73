/// A string as nearly all are: whole in memory, and without escapes.
struct PlainString {
  /// The place behind its closing mark.
  let end: Int
  let isASCII: Bool
  let content: UnsafeBufferPointer<UInt8>

  /// - Parameter start: Of its opening mark.
  /// - Returns: nil where it goes on beyond `bytes`, or holds an escape or what no string may.
  @inline(__always)
  init?(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
    var position = start + 1
    var union: UInt8 = 0
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\\") || byte < 0x20 { return nil }
      union |= byte
      position += 1
    }
    guard position < bytes.count else { return nil }
    (end, isASCII) = (position + 1, union < 0x80)
    content = UnsafeBufferPointer(rebasing: bytes[start + 1..<position])
  }

  /// nil where it is not UTF-8.
  var text: String? {
    isASCII ? String(decoding: content, as: UTF8.self) : String(validating: content, as: UTF8.self)
  }
}
