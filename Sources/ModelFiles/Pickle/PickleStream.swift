/// Reads the bytes of a pickle one after the other out of a larger file, a block at a time.
struct PickleStream {
  let source: ByteSource
  /// Where the next byte lies in the file.
  private(set) var position: Int
  private let end: Int
  private var block: [UInt8] = []
  private var index = 0

  private static let blockSize = 1 << 16

  init(_ source: ByteSource, from start: Int, to end: Int) {
    self.source = source
    position = start
    self.end = end
  }

  mutating func byte() throws -> UInt8 {
    if index == block.count { try fill(1) }
    position += 1
    index += 1
    return block[index - 1]
  }

  mutating func bytes(_ count: Int) throws -> [UInt8] {
    guard count >= 0, count <= end - position else { throw cut() }
    if block.count - index < count { try fill(count) }
    position += count
    index += count
    return Array(block[(index - count)..<index])
  }

  /// An unsigned little-endian number of `count` bytes that fits an `Int`.
  mutating func unsigned(_ count: Int) throws -> Int {
    let bytes = try bytes(count)
    guard bytes.count < 8 || bytes[7] < 0x80 else { throw cut() }
    return bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  mutating func line() throws -> String {
    var bytes: [UInt8] = []
    while true {
      let next = try byte()
      if next == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
      guard bytes.count < 4096 else {
        throw ModelFileError(.malformed, "\(source.name): a name in the pickle is too long; the file is damaged")
      }
      bytes.append(next)
    }
  }

  private mutating func fill(_ wanted: Int) throws {
    guard wanted <= end - position else { throw cut() }
    block = try source.bytes(at: position, count: min(max(wanted, Self.blockSize), end - position))
    index = 0
  }

  private func cut() -> ModelFileError {
    ModelFileError(.malformed, "\(source.name): the pickle ends too early; the file is cut short or damaged")
  }
}
