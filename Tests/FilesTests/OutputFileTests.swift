import Files
private import Foundation
private import TestSupport
import Testing

@Suite struct `Writing a file` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func text(_ name: String) throws -> String { try String(contentsOf: folder.file(name), encoding: .utf8) }

  private func refusal(_ destination: URL, overwrites: Bool = true) -> FileError? {
    do throws(FileError) {
      try OutputFile.write(Data("new".utf8), to: destination, overwrites: overwrites)
      return nil
    } catch {
      return error
    }
  }

  @Test func `it appears when it is whole`() throws {
    let file = try OutputFile(for: folder.file("a.txt"))
    try file.write(String(repeating: "x", count: 100_000))
    #expect(folder.contents.count == 1 && !folder.contents.contains("a.txt"))
    try file.write("end")
    try file.finish()
    #expect(folder.contents == ["a.txt"])
    #expect(try text("a.txt") == String(repeating: "x", count: 100_000) + "end")
  }

  @Test func `what is given up leaves nothing, and what was there is kept`() throws {
    try Data("old".utf8).write(to: folder.file("a.txt"))
    var file: OutputFile? = try OutputFile(for: folder.file("a.txt"))
    try file?.write("new")
    file = nil
    #expect(folder.contents == ["a.txt"])
    #expect(try text("a.txt") == "old")
  }

  @Test func `two at once do not mix`() throws {
    let files = try ["first", "second"].map { text in
      let file = try OutputFile(for: folder.file("a.txt"))
      try file.write(text)
      return file
    }
    try files[1].finish()
    #expect(try text("a.txt") == "second")
    try files[0].finish()
    #expect(try text("a.txt") == "first")
    #expect(folder.contents == ["a.txt"])
  }

  @Test func `a spool has no name`() throws {
    let spool = try OutputFile(spoolFor: .place(folder.file("a.txt"), overwrites: false))
    #expect(folder.contents.isEmpty)
    try spool.write("1\n2\n")
    let file = try OutputFile(for: folder.file("a.txt"))
    try file.append(linesOf: spool, ending: ";")
    try file.finish()
    #expect(try text("a.txt") == "1;,\n2;")
  }

  @Test func `a file that came in between is kept without leave`() throws {
    let file = try PartialFile(for: folder.file("a.txt"), overwrites: false)
    try Data("theirs".utf8).write(to: folder.file("a.txt"))
    #expect(throws: FileError.self) { try file.commit() }
    #expect(try text("a.txt") == "theirs")
    file.discard()
    #expect(folder.contents == ["a.txt"])
  }

  @Test func `only files are ever replaced`() throws {
    try FileManager.default.createDirectory(at: folder.file("folder"), withIntermediateDirectories: false)
    #expect(mkfifo(folder.file("pipe").path, 0o600) == 0)
    try FileManager.default.createSymbolicLink(
      at: folder.file("device"), withDestinationURL: URL(filePath: "/dev/null"))
    for (name, word) in [("folder", "is a folder"), ("pipe", "is a pipe"), ("device", "is a device")] {
      let error = try #require(refusal(folder.file(name)))
      #expect(error.code == .exists)
      #expect(error.description.contains(name) && error.description.contains(word), "\(error)")
    }
    #expect(folder.contents == ["device", "folder", "pipe"])
    var status = stat()
    #expect(lstat(folder.file("pipe").path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
  }

  @Test(arguments: ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/proc/new"])
  func `no file is put in place of an open stream`(path: String) {
    let error = refusal(URL(filePath: path))
    #expect(error?.file == path)
    #expect(error?.code == .unwritable || error?.code == .exists)
  }

  @Test func `a symbolic link stays, and the file it leads to is replaced`() throws {
    try FileManager.default.createDirectory(at: folder.file("far"), withIntermediateDirectories: false)
    try Data("old".utf8).write(to: folder.file("far/a.txt"))
    for (link, target) in [("link", "far/a.txt"), ("new", "far/b.txt")] {
      try FileManager.default.createSymbolicLink(atPath: folder.file(link).path, withDestinationPath: target)
    }
    #expect(refusal(folder.file("link"), overwrites: false)?.code == .exists)
    for link in ["link", "new"] { #expect(refusal(folder.file(link)) == nil) }
    #expect(try text("far/a.txt") == "new" && text("far/b.txt") == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("link").path) == "far/a.txt")
    try FileManager.default.createSymbolicLink(atPath: folder.file("loop").path, withDestinationPath: "loop")
    #expect(refusal(folder.file("loop"))?.problem.contains("circle") == true)
  }

  @Test func `what has no place is said with the way out`() throws {
    #expect(refusal(folder.file("missing/a.txt"))?.description.contains("folder does not exist; make it first") == true)
    try Data().write(to: folder.file("file"))
    #expect(refusal(folder.file("file/a.txt"))?.problem.contains("not a folder") == true)
    #expect(refusal(folder.file(String(repeating: "n", count: 300)))?.problem.contains("too long") == true)
    let longest = String(repeating: "é", count: 127)
    #expect(refusal(folder.file(longest)) == nil)
    #expect(folder.contents == ["file", longest])
  }
}
