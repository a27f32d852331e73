private import Files
private import Foundation
private import TestSupport
import Testing

@testable internal import Batch

@Suite struct `The plan of a batch` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in [
      "in/cam1/clip.mp4", "in/cam2/clip.mp4", "in/cam2/clip.mov", "in/cam2/notes.txt", "in/.hidden/a.mp4",
      "in/cam1/clip.overlay.mp4", "stills/1.png", "stills/2.png",
    ] {
      let file = folder.file(name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(name.utf8).write(to: file)
    }
  }

  private func outputs(_ names: String...) -> [String] {
    BatchPlan(names.map { folder.file($0).path }, into: "out").items.map(\.output)
  }

  @Test func `finds the folders of the videos again below the results`() {
    #expect(outputs("in") == ["out/cam1/clip", "out/cam2/clip.mov", "out/cam2/clip.mp4"])
    #expect(outputs("in/cam1", "in/cam2/clip.mp4") == ["out/cam1/clip", "out/cam2/clip"])
    #expect(outputs("in/cam1/clip.mp4", "in/cam2/clip.mp4") == ["out/cam1/clip", "out/cam2/clip"])
    #expect(outputs("in/cam1/clip.mp4") == ["out/clip"])
  }

  @Test func `takes a folder of images for one video, and no video twice`() {
    #expect(outputs("stills") == ["out/stills"])
    #expect(outputs("in/cam1", "in/cam1/clip.mp4") == ["out/clip"])
  }
}

@Suite struct `A manifest` {
  private func read(_ text: String) throws -> Manifest {
    let folder = try TemporaryFolder()
    try Data(text.utf8).write(to: folder.file("jobs.jsonl"))
    return try Manifest(folder.file("jobs.jsonl"))
  }

  @Test func `is read as it was written`() throws {
    let folder = try TemporaryFolder()
    let jobs = [job("a", options: ["--people", "2"]), job("größe \"1\"", cost: 2.5)]
    try Manifest.write(jobs, to: folder.file("jobs.jsonl"), overwrites: false)
    #expect(try Manifest(folder.file("jobs.jsonl")).jobs == jobs)
  }

  @Test func `names the parts of a video`() throws {
    let folder = try TemporaryFolder()
    let whole = job("a", cost: 30)
    let jobs = whole.cut(into: [0..<512, 512..<1024, 1024..<Int.max]) + [job("b")]
    try Manifest.write(jobs, to: folder.file("jobs.jsonl"), overwrites: false)
    let manifest = try Manifest(folder.file("jobs.jsonl"))
    #expect(manifest.jobs == jobs && Set(jobs.map(\.id)).count == 5)
    #expect(manifest.parts(of: jobs[3]) == Array(jobs[..<3]) && manifest.parts(of: jobs[4]) == [])
    #expect(manifest.whole(of: jobs[1]) == jobs[3] && manifest.whole(of: jobs[4]) == nil)
    try Manifest.write(Array(jobs[1...]), to: folder.file("jobs.jsonl"), overwrites: true)
    #expect { try Manifest(folder.file("jobs.jsonl")) } throws: { "\($0)".contains("job 3.parts: out/a.part1 is not") }
    let swapped = whole.cut(into: [512..<Int.max, 0..<512])
    try Manifest.write(swapped, to: folder.file("jobs.jsonl"), overwrites: true)
    #expect { try Manifest(folder.file("jobs.jsonl")) } throws: { "\($0)".contains("the part from frame 0 on") }
  }

  @Test func `may leave out what can be told`() throws {
    let jobs = try read("{\"input\": \"a.mp4\", \"sha256\": \"ab\", \"output\": \"out/a\"}\n\n").jobs
    #expect(jobs.count == 1 && jobs[0].cost == 1 && jobs[0].options.isEmpty)
  }

  @Test(
    arguments: [
      ("", "has no jobs"), ("{\"input\": \"a\"}\n", "line 1: \"sha256\" is missing"), ("no\n", "line 1"),
      ("{\"id\": \"x\", \"input\": \"a\", \"sha256\": \"b\", \"output\": \"o\"}\n", "line 1.id: x is not the id"),
      (
        "{\"input\": \"a\", \"sha256\": \"b\", \"output\": \"o\"}\n{\"input\": \"c\", \"sha256\": \"b\", \"output\": \"o\"}\n",
        "line 2.output: o is that of line 1"
      ),
      ("{\"input\": \"a\", \"sha256\": \"b\", \"output\": \"o\", \"cost\": -1}\n", "cost"),
      ("{\"input\": \"a\", \"sha256\": \"b\", \"output\": \"o\", \"frame_range\": [256, 256]}\n", "frame_range"),
      ("{\"input\": \"a\", \"sha256\": \"b\", \"output\": \"o\", \"frame_range\": 9}\n", "no range of frames"),
      ("{\"input\": \"a\", \"sha256\": \"b\", \"output\": \"o\", \"frame_range\": [9, null]}\n", "multiple of 256"),
    ])
  func `is refused where a line is wrong`(_ text: String, _ message: String) {
    #expect { try read(text) } throws: { "\($0)".contains(message) && "\($0)".contains("jobs.jsonl") }
  }

  @Test func `knows a job by its content, options and place, not by its name`() {
    #expect(job("a", input: "elsewhere/b.mkv").id == job("a").id)
    #expect(job("a", options: ["--smooth"]).id != job("a").id)
    #expect(job("a", sha256: "cd").id != job("a").id && job("b").id != job("a").id)
  }
}
