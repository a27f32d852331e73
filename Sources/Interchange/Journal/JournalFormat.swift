/// How records lie in a journal: eight bytes of signature, then for each record its length (UInt32), the CRC-32 of its
/// bytes (UInt32) and the bytes. The first record is the header. What a crash left of the last record does not check and
/// is dropped.
enum JournalFormat {
  static let signature = Array("PTJRNL5\n".utf8)
  /// What journals of all versions begin with.
  static let family = Array("PTJRNL".utf8)
  /// No record is longer: 64 MiB.
  static let maximumLength = 1 << 26

  /// A journal without frames.
  static func beginning(_ header: JournalHeader) -> [UInt8] { signature + framed(header.record) }

  static func framed(_ record: [UInt8]) -> [UInt8] {
    var writer = RecordWriter()
    writer.append(UInt32(record.count))
    writer.append(checksum(record[...]))
    return writer.bytes + record
  }

  /// CRC-32 as in zlib and PNG (polynomial 0xEDB88320).
  static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes { sum = table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ (sum >> 8) }
    return ~sum
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }
}
