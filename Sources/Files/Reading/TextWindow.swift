/// The part of a text that is being read: all of it where it lies in memory, a piece at a time where it is a file.
struct TextWindow {
  private let file: InputText?
  private(set) var bytes: [UInt8]
  /// The next byte, counted in `bytes`.
  var position = 0
  /// Where `bytes` begins in the text.
  private var base = 0
  private var isAtEnd: Bool
  /// Of the bytes that were let go; nil where the text was entered in its middle, so that lines cannot be counted.
  private var lines: (count: Int, lastStart: Int)? = (0, 0)
  private let chunk: Int

  init(_ bytes: [UInt8]) {
    (file, self.bytes, isAtEnd, chunk) = (nil, bytes, true, 0)
    skipByteOrderMark()
  }

  /// - Parameter chunk: How many bytes are read at a time.
  init(_ file: InputText, at offset: Int = 0, chunk: Int = 1 << 16) throws(FileError) {
    (self.file, bytes, base, isAtEnd, self.chunk) = (file, [], offset, false, chunk)
    if offset > 0 { lines = nil }
    _ = try fill(keeping: 0)
    if offset == 0 { skipByteOrderMark() }
  }

  private mutating func skipByteOrderMark() {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { (position, lines) = (3, (0, 3)) }
  }

  /// Where the next byte is in the text.
  var offset: Int { base + position }

  /// Goes on at another place of the file.
  mutating func move(to offset: Int) throws(FileError) {
    if (base...base + bytes.count).contains(offset) {
      position = offset - base
      return
    }
    (bytes, position, base, isAtEnd, lines) = ([], 0, offset, false, nil)
    _ = try fill(keeping: 0)
  }

  /// Lets go of the bytes before `start` and reads on; false at the end of the text.
  mutating func fill(keeping start: Int) throws(FileError) -> Bool {
    guard let file, !isAtEnd else { return false }
    let more = try file.bytes(at: base + bytes.count, count: chunk)
    isAtEnd = more.count < chunk
    if let known = lines {
      let gone = bytes[..<start]
      let count = gone.count { $0 == 0x0A }
      // A large file may well be a single line.
      let last = count > 0 ? gone.lastIndex(of: 0x0A) : nil
      lines = (known.count + count, last.map { base + $0 + 1 } ?? known.lastStart)
    }
    bytes.replaceSubrange(..<start, with: [])
    bytes += more
    base += start
    position -= start
    return !more.isEmpty
  }

  /// Makes `count` bytes from the position on present, where the text has as many.
  mutating func reserve(_ count: Int) throws(FileError) {
    while bytes.count - position < count, try fill(keeping: position) {}
  }

  /// Line and column of the next byte, counted from 1, or its offset.
  var place: String {
    let before = bytes[..<min(position, bytes.count)]
    guard let lines else { return "byte \(offset)" }
    let start = before.lastIndex(of: 0x0A).map { base + $0 + 1 } ?? lines.lastStart
    return "line \(lines.count + before.count { $0 == 0x0A } + 1), column \(offset - start + 1)"
  }
}
