public import Files
public import Foundation

/// Reads a journal record by record, up to the first that was not written whole.
public struct JournalReader: Sequence, IteratorProtocol {
  public let header: JournalHeader
  /// Where the last whole record read so far ends, in bytes; after the last frame, where a writer may continue.
  public private(set) var validLength: UInt64

  private let handle: FileHandle

  /// Opens a journal; nil where there is no file, or one that ends before its header does.
  ///
  /// - Throws: If the file is no journal or cannot be read.
  public init?(_ url: URL) throws(FileError) {
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    guard let handle = FileHandle(forReadingAtPath: url.path) else {
      throw FileError(
        .unreadable, url, "cannot be read", remedy: "check the rights of the file, or remove it")
    }
    self.handle = handle
    let signature = Self.bytes(JournalFormat.signature.count, from: handle)
    guard JournalFormat.signature.starts(with: signature) else {
      throw FileError(
        .malformed, file: url.path, problem: "is not a journal of PoseTrail",
        remedy: "remove it, or start without --resume")
    }
    guard let record = Self.record(from: handle), let header = JournalHeader(record: record[...]) else { return nil }
    self.header = header
    validLength = UInt64(JournalFormat.signature.count + 8 + record.count)
  }

  public mutating func next() -> JournalFrame? {
    guard let record = Self.record(from: handle), let frame = JournalFrame(record: record[...]) else { return nil }
    validLength += UInt64(8 + record.count)
    return frame
  }

  /// The next whole record.
  private static func record(from handle: FileHandle) -> [UInt8]? {
    let head = bytes(8, from: handle)
    var reader = RecordReader(head[...])
    guard let length = reader.integer(UInt32.self), let checksum = reader.integer(UInt32.self),
      length <= JournalFormat.maximumLength
    else { return nil }
    let record = bytes(Int(length), from: handle)
    guard record.count == length, JournalFormat.checksum(record[...]) == checksum else { return nil }
    return record
  }

  private static func bytes(_ count: Int, from handle: FileHandle) -> [UInt8] {
    ((try? handle.read(upToCount: count)) ?? nil).map { [UInt8]($0) } ?? []
  }
}
