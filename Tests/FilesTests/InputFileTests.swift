import Files
private import Foundation
private import TestSupport
import Testing

@Suite struct `Reading a file` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `all bytes are read`() throws {
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    try Data(bytes).write(to: folder.file("a"))
    #expect(try InputFile.bytes(of: folder.file("a")) == bytes)
    try Data().write(to: folder.file("empty"))
    #expect(try InputFile.bytes(of: folder.file("empty")).isEmpty)
  }

  /// None of them may be waited for, and the reason is in our own words.
  @Test(arguments: [
    ("missing", "no such file"), ("folder", "it is a folder"), ("pipe", "a pipe"), ("device", "a device"),
    ("large", "larger than 4 GiB"),
  ])
  func `what is no file of a sane size is refused`(name: String, words: String) throws {
    try FileManager.default.createDirectory(at: folder.file("folder"), withIntermediateDirectories: false)
    #expect(mkfifo(folder.file("pipe").path, 0o600) == 0)
    try FileManager.default.createSymbolicLink(
      at: folder.file("device"), withDestinationURL: URL(filePath: "/dev/zero"))
    try Data().write(to: folder.file("large"))
    #expect(truncate(folder.file("large").path, 40 << 30) == 0)
    let error = #expect(throws: FileError.self) { try InputFile.bytes(of: folder.file(name)) }
    #expect(error?.code == .unreadable)
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    guard name != "large" else { return }
    #expect(throws: FileError.self) { try FileDigest.sha256(of: folder.file(name)) }
  }

  @Test func `errors of the system and of Foundation get the same words`() throws {
    #expect(SystemError(ENOSPC).description == "the disk is full")
    #expect(SystemError.reason(of: POSIXError(.EACCES)) == "permission denied")
    #expect(SystemError.reason(of: CocoaError(.fileWriteOutOfSpace)) == "the disk is full")
    let missing = #expect(throws: (any Error).self) { try Data(contentsOf: folder.file("missing")) }
    #expect(SystemError.reason(of: try #require(missing)) == "there is no such file or folder")
    let blocked = #expect(throws: (any Error).self) { try Data().write(to: folder.file("missing/a")) }
    #expect(SystemError.reason(of: try #require(blocked)) == "there is no such file or folder")
  }
}
