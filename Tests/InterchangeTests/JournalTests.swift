private import Files
import Foundation
import Interchange
import Pose
import Testing
private import Timing

@Suite struct `Journals` {
  private let header = JournalHeader(Self.provenance())

  private func frames(_ count: Int) -> [JournalFrame] {
    sampleFrames(count).map { frame in
      var poses = frame.people.map(\.pose)
      poses[0].score = 0.1 + 0.2  // needs all its bits
      return JournalFrame(
        index: frame.index, time: frame.time ?? MediaTime(ticks: 0, denominator: 1), name: "é \(frame.index).png",
        size: PictureSize(width: 64, height: 48 + frame.index), beginsShot: [true, false, nil][frame.index % 3],
        poses: poses, trackIDs: [nil, 4])
    }
  }

  private func write(_ frames: [JournalFrame], to url: URL) throws {
    let writer = try JournalWriter(url, header: header)
    for frame in frames { try writer.append(frame) }
    try writer.flush()
  }

  @Test func `what was written is read back to the bit`() throws {
    try withFolder { folder in
      let url = folder.appending(path: "j")
      try write(frames(4), to: url)
      let reader = try #require(try JournalReader(url))
      #expect(reader.header == header)
      #expect(try reader.all() == frames(4))
    }
  }

  @Test func `those of parts become one, unless a part is not what it should be`() throws {
    try withFolder { folder in
      let parts = (0..<3).map { folder.appending(path: "part\($0)") }
      let all = frames(7)
      for (part, range) in zip(parts, [0..<4, 3..<6, 5..<7]) { try write(Array(all[range]), to: part) }
      let joined = folder.appending(path: "j")
      #expect(try JournalJoin.join(parts, into: joined) == nil)
      let reader = try #require(try JournalReader(joined))
      #expect(reader.header == header)
      #expect(try reader.all() == all)
      try FileManager.default.removeItem(at: joined)
      let whole = try Data(contentsOf: parts[2])
      try whole.dropLast(2).write(to: parts[2])
      #expect { try JournalJoin.join(parts, into: joined) } throws: { "\($0)".contains("part2: is damaged") }
      var other = Self.provenance()
      other.width += 1
      _ = try JournalWriter(parts[2], header: JournalHeader(other))
      #expect { try JournalJoin.join(parts, into: joined) } throws: { "\($0)".contains("part2: differs") }
      try FileManager.default.removeItem(at: parts[1])
      #expect { try JournalJoin.join(parts, into: joined) } throws: { "\($0)".contains("part1: is missing") }
      #expect(!FileManager.default.fileExists(atPath: joined.path))
    }
  }

  @Test func `those of parts that don't fit end where the misfit begins`() throws {
    try withFolder { folder in
      let parts = (0..<3).map { folder.appending(path: "part\($0)") }
      let all = frames(9)
      func joined(_ second: [JournalFrame]) throws -> (misfit: URL?, frames: [JournalFrame]) {
        for (part, frames) in zip(parts, [Array(all[0..<4]), second, Array(all[6..<9])]) { try write(frames, to: part) }
        let joined = folder.appending(path: "j")
        try? FileManager.default.removeItem(at: joined)
        let misfit = try JournalJoin.join(parts, into: joined)
        return (misfit, try #require(try JournalReader(joined)).all())
      }
      func changed(_ change: (inout JournalFrame) -> Void) -> [JournalFrame] {
        var frames = Array(all[3..<7])
        change(&frames[0])
        return frames
      }
      for second in [
        Array(all[2..<7]), Array(all[4..<7]), changed { $0.time = MediaTime(ticks: 1, denominator: 1) },
        changed { $0.beginsShot = false },
        changed { $0.poses.removeLast() }, changed { $0.poses[0].keypoints[1]?.point.x += 1 },
      ] {
        let (misfit, frames) = try joined(second)
        #expect(misfit == parts[1] && frames == Array(all[0..<3]))
      }
      let rounded = try joined(changed { $0.poses[0].keypoints[1]?.point.x += 0.01 })
      #expect(rounded.misfit == nil && rounded.frames.count == 9)
      let gap = try joined([])
      #expect(gap.misfit == parts[2] && gap.frames == Array(all[0..<3]))
      // The video is shorter than was thought, and the frame at the end may be one of it or the border.
      try write([], to: parts[2])
      let end = folder.appending(path: "end")
      #expect(try JournalJoin.join(parts, into: end) == nil)
      #expect(try #require(try JournalReader(end)).all() == Array(all[0..<3]))
    }
  }

  @Test func `what was joined before stays with what was found since, unless it is of another run`() throws {
    try withFolder { folder in
      let parts = (0..<2).map { folder.appending(path: "part\($0)") }
      let joined = folder.appending(path: "j")
      let all = frames(7)
      try write(Array(all[0..<4]), to: parts[0])
      try write(Array(all[4..<7]), to: parts[1])
      try write(Array(all[0..<5]), to: joined)
      #expect(try JournalJoin.join(parts, into: joined) == parts[1])
      #expect(try #require(try JournalReader(joined)).all() == Array(all[0..<5]))
      var other = Self.provenance()
      other.width += 1
      _ = try JournalWriter(joined, header: JournalHeader(other))
      #expect(try JournalJoin.join(parts, into: joined) == parts[1])
      #expect(try #require(try JournalReader(joined)).all() == Array(all[0..<3]))
    }
  }

  @Test func `a torn record is dropped and the journal goes on`() throws {
    try withFolder { folder in
      let url = folder.appending(path: "j")
      try write(frames(3), to: url)
      let whole = try Data(contentsOf: url)
      var lengths: [UInt64] = []
      var all = try #require(try JournalReader(url))
      while try all.next() != nil { lengths.append(all.validLength) }
      #expect(lengths.last == UInt64(whole.count))
      for length in stride(from: Int(lengths[1]) + 1, to: whole.count, by: 97) {
        try whole.prefix(length).write(to: url)
        var reader = try #require(try JournalReader(url))
        while try reader.next() != nil {}
        #expect(reader.validLength == lengths[1])
        let writer = try JournalWriter(continuing: url, at: reader.validLength)
        try writer.append(frames(3)[2])
        try writer.flush()
        #expect(try Data(contentsOf: url) == whole)
      }
    }
  }

  @Test func `a flipped bit ends the journal there`() throws {
    try withFolder { folder in
      let url = folder.appending(path: "j")
      try write(frames(3), to: url)
      var data = try Data(contentsOf: url)
      data[data.count - 20] ^= 4
      try data.write(to: url)
      let reader = try #require(try JournalReader(url))
      #expect(try reader.all() == Array(frames(3).prefix(2)))
    }
  }

  @Test func `absent and torn headers mean no journal and other files are refused`() throws {
    try withFolder { folder in
      let url = folder.appending(path: "j")
      #expect(try JournalReader(url) == nil)
      try write([], to: url)
      let whole = try Data(contentsOf: url)
      for length in 0..<whole.count {
        try whole.prefix(length).write(to: url)
        #expect(try JournalReader(url) == nil)
      }
      for (text, problem) in [("something else", "is not a journal"), ("PTJRNL1\n", "of another version")] {
        try Data(text.utf8).write(to: url)
        let error = #expect(throws: FileError.self) { try JournalReader(url) }
        #expect(error.map { "\($0)" }?.contains(problem) == true)
      }
    }
  }

  @Test func `what differs between two jobs is named`() {
    var other = Self.provenance()
    other.video = .init(name: "other.mp4", sha256: "ef56")
    other.set("input", to: .object(["stride": .integer(2), "max-frames": .integer(10)]))
    other.set("poses", to: .object(["model": .object(["padding": .number(1.5)])]))
    #expect(
      Self.provenance().differences(other) == [
        "max-frames (none then, 10 now)", "model.padding (1.25 then, 1.5 now)", "the video file",
      ])
    other = Self.provenance()
    other.video?.name = "renamed.mp4"
    #expect(Self.provenance().differences(other).isEmpty)
  }

  private static func provenance() -> Provenance {
    Provenance(
      version: "1.0", video: .init(name: "clip.mp4", sha256: "ab12"), model: .init(name: "net.onnx", sha256: "cd34"),
      width: 640, height: 360,
      settings: .object([
        "input": .object(["stride": .integer(2)]), "poses": .object(["model": .object(["padding": .number(1.25)])]),
      ]))
  }
}

extension JournalReader {
  /// The frames that are left.
  fileprivate func all() throws -> [JournalFrame] {
    var (reader, frames) = (self, [JournalFrame]())
    while let frame = try reader.next() { frames.append(frame) }
    return frames
  }
}
