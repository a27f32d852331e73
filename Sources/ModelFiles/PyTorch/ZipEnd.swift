/// The record at the end of a zip archive that says where the directory lies, in its 32- or 64-bit form.
struct ZipEnd {
  private(set) var directoryOffset: Int
  private(set) var directorySize: Int
  private(set) var entryCount: Int

  private static let signature: [UInt8] = [0x50, 0x4b, 0x05, 0x06]
  private static let size = 22
  private static let maximumComment = 0xffff

  init(_ source: ByteSource) throws {
    let tailStart = max(0, source.count - Self.size - Self.maximumComment)
    let tail = try source.bytes(at: tailStart, count: source.count - tailStart)
    guard let index = Self.lastRecord(in: tail) else {
      throw ModelFileError(.malformed, "\(source.name): the end of the zip archive is missing; the file is cut short")
    }
    var fields = ZipFields(Array(tail[index...]), file: source.name)
    try fields.skip(8)
    _ = try fields.integer(2)
    entryCount = try fields.integer(2)
    directorySize = try fields.integer(4)
    directoryOffset = try fields.integer(4)
    if entryCount == 0xffff || directorySize == 0xffff_ffff || directoryOffset == 0xffff_ffff {
      try readZip64(source, end: tailStart + index)
    }
    guard directoryOffset <= source.count, directorySize <= source.count - directoryOffset else {
      throw ModelFileError(
        .malformed, "\(source.name): the directory of the zip archive is missing; the file is cut short")
    }
  }

  private static func lastRecord(in tail: [UInt8]) -> Int? {
    guard tail.count >= size else { return nil }
    return (0...(tail.count - size)).last { tail[$0..<$0 + 4].elementsEqual(signature) }
  }

  /// Through the locator, which stands before the 32-bit record.
  private mutating func readZip64(_ source: ByteSource, end: Int) throws {
    guard end >= 20 else { return }
    var locator = ZipFields(try source.bytes(at: end - 20, count: 20), file: source.name)
    guard try locator.integer(4) == 0x0706_4b50 else { return }
    try locator.skip(4)
    let offset = try locator.integer(8)
    var record = ZipFields(try source.bytes(at: offset, count: 56), file: source.name)
    guard try record.integer(4) == 0x0606_4b50 else {
      throw ModelFileError(.malformed, "\(source.name): the directory of the zip archive is damaged")
    }
    try record.skip(28)
    entryCount = try record.integer(8)
    directorySize = try record.integer(8)
    directoryOffset = try record.integer(8)
  }
}
