import Files
private import Foundation
private import TestSupport
import Testing

@Suite struct `Claiming outputs` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func claim(_ names: String..., overwrites: Bool = true) throws(FileError) -> OutputClaim {
    try OutputClaim(names.map(folder.file), overwrites: overwrites)
  }

  @Test func `a second run is told who has the place`() throws {
    let first = try claim("a.json", "b.mp4")
    let error = #expect(throws: FileError.self) { try claim("c.json", "b.mp4") }
    #expect(error?.code == .busy)
    #expect(
      error?.description.contains("b.mp4: another run (process \(getpid()) on ") == true, "\(String(describing: error))"
    )
    _ = try claim("c.json")
    first.release()
    _ = try claim("b.mp4", "a.json")
    #expect(folder.contents.isEmpty)
  }

  @Test func `what exists is kept unless it may be replaced`() throws {
    try Data("mine".utf8).write(to: folder.file("a.json"))
    #expect(throws: FileError.self) { try claim("b.json", "a.json", overwrites: false) }
    #expect(folder.contents == ["a.json"])
    _ = try claim("b.json", "a.json")
  }

  @Test func `what dead processes left is removed, and nothing else`() throws {
    let left = [".a.json.lock", ".a.json.partial-4194000-1f", ".a.json.partial-4194000"]
    let kept = [".a.json.partial-x", ".a.json.partial-", ".b.json.partial-4194000-1f", "a.json.partial-4194000-1f"]
    for name in left + kept { try Data("half".utf8).write(to: folder.file(name)) }
    let half = folder.file(".a.json.partial-4194000-2e")
    try FileManager.default.createDirectory(at: half, withIntermediateDirectories: false)
    try Data().write(to: half.appending(path: "file"))
    let living = try OutputFile(for: folder.file("a.json"))
    try claim("a.json").release()
    #expect(folder.contents.filter { !$0.contains("-\(getpid())-") } == kept.sorted())
    try living.finish()
    #expect(folder.contents == (kept + ["a.json"]).sorted())
  }

  @Test func `a process that ends takes back what it began`() throws {
    let claim = try claim("a.json")
    let file = try OutputFile(for: folder.file("a.json"))
    let other = try OutputFile(for: folder.file("b.json"))
    claim.abandon()
    #expect(folder.contents.count == 1)
    #expect(throws: FileError.self) { try file.finish() }
    try other.finish()
    #expect(folder.contents == ["b.json"])
  }

  @Test func `a place that can't be written to is named`() throws {
    let error = #expect(throws: FileError.self) { try claim("missing/a.json") }
    #expect(error?.code == .unwritable)
    try #require(getuid() != 0 || !folder.contents.contains("missing"))
  }
}

@Suite struct `Writing a folder` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func make(overwrites: Bool = false) throws(FileError) -> OutputFolder {
    try OutputFolder(for: folder.file("out"), overwrites: overwrites) { $0.hasSuffix(".json") }
  }

  private var made: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.file("out").path)) ?? []).sorted()
  }

  @Test func `it appears when it is complete`() throws {
    let output = try make()
    try output.write("1.json", "one")
    #expect(made.isEmpty)
    try output.write("2.json", "two")
    try output.finish()
    #expect(made == ["1.json", "2.json"] && folder.contents == ["out"])
    #expect(try String(contentsOf: folder.file("out/2.json"), encoding: .utf8) == "two")
  }

  @Test func `what is given up leaves nothing`() throws {
    var output: OutputFolder? = try make()
    try output?.write("1.json", "one")
    output = nil
    #expect(folder.contents.isEmpty)
  }

  @Test func `one that is there is replaced as a whole, with leave`() throws {
    try FileManager.default.createDirectory(at: folder.file("out"), withIntermediateDirectories: false)
    try make().finish()
    for name in ["1.json", "2.json"] { try Data().write(to: folder.file("out/\(name)")) }
    #expect(throws: FileError.self) { try make() }
    let output = try make(overwrites: true)
    try output.write("3.json", "three")
    #expect(made == ["1.json", "2.json"])
    try output.finish()
    #expect(made == ["3.json"] && folder.contents == ["out"])
  }

  @Test func `one with other files is never replaced`() throws {
    try FileManager.default.createDirectory(at: folder.file("out"), withIntermediateDirectories: false)
    try Data().write(to: folder.file("out/thesis.txt"))
    let error = #expect(throws: FileError.self) { try make(overwrites: true) }
    #expect(error?.code == .exists)
    #expect(error?.description.contains("thesis.txt") == true)
    #expect(made == ["thesis.txt"])
  }
}
