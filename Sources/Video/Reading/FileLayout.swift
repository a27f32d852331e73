internal import Foundation

/// What the outermost structure of a file says about its length, for the formats that state it there: ISO media (MP4, MOV),
/// Matroska and RIFF (AVI).
struct FileLayout {
  /// Bytes that the file states beyond its end: it was cut off.
  private(set) var missingBytes: UInt64 = 0
  /// Whether an MP4's index at the front, or a part of it, is followed by fragments with indexes of their own.
  private(set) var hasFragments = false

  private static let isoTypes: Set = [
    "ftyp", "moov", "mdat", "wide", "free", "skip", "pnot", "styp", "sidx", "moof", "uuid",
  ]
  /// A whole day in fragments of a tenth of a second.
  private static let mostBoxes = 2_000_000

  init(_ file: URL) {
    guard let handle = try? FileHandle(forReadingFrom: file), let size = try? handle.seekToEnd() else { return }
    defer { try? handle.close() }
    let head = Self.bytes(handle, at: 0, count: 12)
    guard head.count == 12 else { return }
    if Self.isoTypes.contains(Self.text(head[4..<8])) {
      walkBoxes(handle, size)
    } else if head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
      readSegment(handle, size)
    } else if head.starts(with: Array("RIFF".utf8)) {
      walkRIFF(handle, size)
    }
  }

  /// ISO/IEC 14496-12: boxes of a big-endian size, or 1 and a size of 64 bits, or 0 for the rest of the file.
  private mutating func walkBoxes(_ handle: FileHandle, _ size: UInt64) {
    var position: UInt64 = 0
    for _ in 0..<Self.mostBoxes where position < size {
      let head = Self.bytes(handle, at: position, count: 16)
      guard head.count >= 8 else { return }
      if Self.text(head[4..<8]) == "moof" { hasFragments = true }
      var length = Self.bigEndian(head[0..<4])
      if length == 0 { return }
      if length == 1 {
        guard head.count == 16 else { return }
        length = Self.bigEndian(head[8..<16])
      }
      guard length >= 8 else { return }
      guard !advance(&position, by: length, size) else { return }
    }
  }

  /// RFC 8794: the header, then the segment, whose size may be unknown.
  private mutating func readSegment(_ handle: FileHandle, _ size: UInt64) {
    let header = Self.vint(Self.bytes(handle, at: 4, count: 8)[...])
    guard let header, let length = header.value else { return }
    var position = 4 + UInt64(header.count)
    guard !advance(&position, by: length, size) else { return }
    let segment = Self.bytes(handle, at: position, count: 12)
    guard segment.starts(with: [0x18, 0x53, 0x80, 0x67]), let stated = Self.vint(segment.dropFirst(4)),
      let length = stated.value
    else { return }
    _ = advance(&position, by: 4 + UInt64(stated.count) + length, size)
  }

  /// Chunks of a little-endian size, one after the other (OpenDML).
  private mutating func walkRIFF(_ handle: FileHandle, _ size: UInt64) {
    var position: UInt64 = 0
    while position < size {
      let head = Self.bytes(handle, at: position, count: 8)
      guard head.starts(with: Array("RIFF".utf8)), head.count == 8 else { return }
      let length = Self.bigEndian(head[4..<8].reversed())
      guard length > 4, !advance(&position, by: 8 + length + length % 2, size) else { return }
    }
  }

  /// Moves on; true where that leads out of the file.
  private mutating func advance(_ position: inout UInt64, by length: UInt64, _ size: UInt64) -> Bool {
    let (end, overflow) = position.addingReportingOverflow(length)
    position = overflow ? .max : end
    missingBytes = position > size ? position - size : 0
    return position > size
  }

  private static func bytes(_ handle: FileHandle, at position: UInt64, count: Int) -> [UInt8] {
    guard (try? handle.seek(toOffset: position)) != nil, let data = try? handle.read(upToCount: count) else {
      return []
    }
    return [UInt8](data)
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  private static func bigEndian(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }

  /// A number of variable length; its value is nil where it stands for "unknown".
  private static func vint(_ bytes: ArraySlice<UInt8>) -> (value: UInt64?, count: Int)? {
    guard let first = bytes.first, first != 0 else { return nil }
    let count = first.leadingZeroBitCount + 1
    guard bytes.count >= count else { return nil }
    let mask = (UInt64(1) << UInt64(7 * count)) - 1
    let value = bigEndian(bytes.prefix(count)) & mask
    return (value == mask ? nil : value, count)
  }
}
