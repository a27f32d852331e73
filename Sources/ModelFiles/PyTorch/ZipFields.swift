/// Little-endian fields of zip records, one after the other.
struct ZipFields {
  private let data: [UInt8]
  private let file: String
  private var position = 0

  init(_ data: [UInt8], file: String) {
    self.data = data
    self.file = file
  }

  var remaining: Int { data.count - position }

  mutating func bytes(_ count: Int) throws -> ArraySlice<UInt8> {
    guard count >= 0, count <= remaining else {
      throw ModelFileError(.malformed, "\(file): the zip archive cannot be read: a record is cut short")
    }
    position += count
    return data[(position - count)..<position]
  }

  mutating func skip(_ count: Int) throws {
    _ = try bytes(count)
  }

  /// An unsigned number of `count` bytes; those beyond `Int.max` cannot be sizes of anything and are refused.
  mutating func integer(_ count: Int) throws -> Int {
    let value = try bytes(count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard let integer = Int(exactly: value) else {
      throw ModelFileError(.malformed, "\(file): the zip archive cannot be read: a size is \(value)")
    }
    return integer
  }

  /// Takes from an extra field the numbers that did not fit 32 bits, in the order that the format fixes.
  mutating func readZip64(_ size: inout Int, _ compressedSize: inout Int, _ offset: inout Int) throws {
    while remaining >= 4 {
      let tag = try integer(2)
      let length = try integer(2)
      guard tag == 1 else {
        try skip(length)
        continue
      }
      if size == 0xffff_ffff { size = try integer(8) }
      if compressedSize == 0xffff_ffff { compressedSize = try integer(8) }
      if offset == 0xffff_ffff { offset = try integer(8) }
      return
    }
  }
}
