/// For which job a journal was kept.
public struct JournalHeader: Hashable, Sendable {
  /// Everything that the result depends on: sources and settings by name. A journal may be continued only by a job with
  /// the same.
  public var fingerprint: [String: String]

  public init(fingerprint: [String: String]) { self.fingerprint = fingerprint }

  /// The names whose values differ between the two, in order.
  public func differences(_ other: JournalHeader) -> [String] {
    Set(fingerprint.keys).union(other.fingerprint.keys).filter { fingerprint[$0] != other.fingerprint[$0] }.sorted()
  }

  var record: [UInt8] {
    var writer = RecordWriter()
    writer.append(UInt32(fingerprint.count))
    for (key, value) in fingerprint.sorted(by: { $0.key < $1.key }) {
      writer.append(key)
      writer.append(value)
    }
    return writer.bytes
  }

  init?(record: ArraySlice<UInt8>) {
    var reader = RecordReader(record)
    guard let count = reader.integer(UInt32.self) else { return nil }
    fingerprint = [:]
    for _ in 0..<count {
      guard let key = reader.text(), let key, let value = reader.text(), let value else { return nil }
      fingerprint[key] = value
    }
    guard reader.isAtEnd else { return nil }
  }
}
