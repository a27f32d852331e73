package import Files
package import Foundation

/// Reads a journal record by record, up to the first that was not written whole.
package struct JournalReader {
  package let header: JournalHeader
  /// Where the last whole record read so far ends, in bytes; after the last frame, where a writer may continue.
  package private(set) var validLength: UInt64

  private let url: URL
  private let handle: FileHandle

  /// Opens a journal; nil where there is no file, or one that ends before its header does.
  ///
  /// - Throws: If the file is no journal or cannot be read.
  package init?(_ url: URL) throws(FileError) {
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    guard let handle = FileHandle(forReadingAtPath: url.path) else {
      throw FileError(
        .unreadable, url, "cannot be read", remedy: "check the rights of the file, or remove it")
    }
    (self.url, self.handle) = (url, handle)
    let signature = try Self.bytes(JournalFormat.signature.count, of: url, from: handle)
    guard JournalFormat.signature.starts(with: signature) else {
      let isOlder = signature.starts(with: JournalFormat.family)
      throw FileError(
        .malformed, file: url.path,
        problem: isOlder ? "is the journal of another version of PoseTrail" : "is not a journal of PoseTrail",
        remedy: isOlder ? "start again with --force" : "remove it, or start without --resume")
    }
    guard let record = try Self.record(of: url, from: handle), let header = JournalHeader(record: record[...]) else {
      return nil
    }
    self.header = header
    validLength = UInt64(JournalFormat.signature.count + 8 + record.count)
  }

  /// The next frame; nil after the last that was written whole.
  package mutating func next() throws(FileError) -> JournalFrame? {
    guard let record = try Self.record(of: url, from: handle), let frame = JournalFrame(record: record[...]) else {
      return nil
    }
    validLength += UInt64(8 + record.count)
    return frame
  }

  /// The next whole record.
  private static func record(of url: URL, from handle: FileHandle) throws(FileError) -> [UInt8]? {
    let head = try bytes(8, of: url, from: handle)
    var reader = RecordReader(head[...])
    guard let length = reader.integer(UInt32.self), let checksum = reader.integer(UInt32.self),
      length <= JournalFormat.maximumLength
    else { return nil }
    let record = try bytes(Int(length), of: url, from: handle)
    guard record.count == length, JournalFormat.checksum(record[...]) == checksum else { return nil }
    return record
  }

  private static func bytes(_ count: Int, of url: URL, from handle: FileHandle) throws(FileError) -> [UInt8] {
    do {
      return [UInt8](try handle.read(upToCount: count) ?? Data())
    } catch {
      throw FileError(
        .unreadable, url, "cannot be read: \(SystemError.reason(of: error))", remedy: "check the disk, and try again")
    }
  }
}
