/// The entries of a zip archive, as torch writes them: stored without compression, possibly in the 64-bit form.
///
/// Only looks: nothing is extracted. Refused are compressed or encrypted entries, entries that overlap each other or the
/// directory, names that occur twice or lead elsewhere. The format: PKWARE's APPNOTE.TXT.
struct ZipDirectory {
  struct Entry {
    var name: String
    /// Where its bytes lie in the file.
    var offset: Int
    var size: Int
  }

  /// By name.
  private(set) var entries: [String: Entry] = [:]
  private let source: ByteSource

  private static let maximumEntries = 1_000_000

  init(_ source: ByteSource) throws {
    self.source = source
    let end = try ZipEnd(source)
    guard end.entryCount <= Self.maximumEntries, end.entryCount <= end.directorySize / 46 else {
      throw damaged("its directory cannot hold \(end.entryCount) entries")
    }
    var fields = ZipFields(try source.bytes(at: end.directoryOffset, count: end.directorySize), file: source.name)
    var extents: [Range<Int>] = []
    for _ in 0..<end.entryCount {
      let (entry, header) = try readEntry(&fields)
      guard entries.updateValue(entry, forKey: entry.name) == nil else {
        throw damaged("the entry \(entry.name) is there twice")
      }
      extents.append(header..<entry.offset + entry.size)
    }
    try requireApart(extents, before: end.directoryOffset)
  }

  /// One record of the central directory, with the place of the entry's own header.
  private func readEntry(_ fields: inout ZipFields) throws -> (Entry, header: Int) {
    guard try fields.integer(4) == 0x0201_4b50 else { throw damaged("its directory is broken") }
    try fields.skip(4)
    let flags = try fields.integer(2)
    let method = try fields.integer(2)
    try fields.skip(8)
    var compressedSize = try fields.integer(4)
    var size = try fields.integer(4)
    let nameLength = try fields.integer(2)
    let extraLength = try fields.integer(2)
    let commentLength = try fields.integer(2)
    try fields.skip(8)
    var header = try fields.integer(4)
    let name = String(decoding: try fields.bytes(nameLength), as: UTF8.self)
    var extra = ZipFields(Array(try fields.bytes(extraLength)), file: source.name)
    try fields.skip(commentLength)
    try extra.readZip64(&size, &compressedSize, &header)
    guard flags & 0x2041 == 0 else { throw damaged("the entry \(name) is encrypted") }
    guard method == 0, compressedSize == size else {
      throw ModelFileError(
        .unsupported,
        "\(source.name): the entry \(name) is compressed, which torch never does; save the checkpoint again with torch.save"
      )
    }
    guard !name.hasPrefix("/"), !name.split(separator: "/").contains(".."), !name.contains("\\"), !name.contains("\0")
    else {
      throw damaged("the entry name \"\(name)\" leads out of the archive")
    }
    let offset = try dataOffset(header: header, nameLength: nameLength)
    guard size <= source.count - offset else { throw damaged("the entry \(name) goes beyond the end of the file") }
    return (Entry(name: name, offset: offset, size: size), header)
  }

  /// The bytes of an entry follow its own header, whose extra field may differ from the directory's.
  private func dataOffset(header: Int, nameLength: Int) throws -> Int {
    guard header <= source.count - 30 else { throw damaged("an entry lies beyond the end of the file") }
    var fields = ZipFields(try source.bytes(at: header, count: 30), file: source.name)
    guard try fields.integer(4) == 0x0403_4b50 else { throw damaged("an entry has no header") }
    try fields.skip(22)
    guard try fields.integer(2) == nameLength else { throw damaged("an entry has two names") }
    let offset = header + 30 + nameLength + (try fields.integer(2))
    guard offset <= source.count else { throw damaged("an entry lies beyond the end of the file") }
    return offset
  }

  private func requireApart(_ extents: [Range<Int>], before directory: Int) throws {
    var end = 0
    for extent in extents.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
      guard extent.lowerBound >= end else { throw damaged("its entries overlap") }
      end = extent.upperBound
    }
    guard end <= directory else { throw damaged("its entries overlap") }
  }

  private func damaged(_ what: String) -> ModelFileError {
    ModelFileError(.malformed, "\(source.name): the zip archive cannot be read: \(what)")
  }
}
