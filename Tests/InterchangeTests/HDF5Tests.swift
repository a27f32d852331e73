#if HDF5

import CHDF5
private import Files
import Foundation
import Pose
import TestSupport
import Testing
private import Timing

@testable import Interchange

@Suite struct `Files in HDF5` {
  private static func fixture(_ name: String) throws -> URL {
    try #require(Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Fixtures"))
  }

  /// Where Tools/fixtures/make_hdf5_fixtures.py puts a keypoint.
  private static func point(time: Int, person: Int, joint: Int) -> Point? {
    if (time, person) == (2, 1) || (time, person, joint) == (1, 0, 1) { return nil }
    let place = Double(100 * person + 10 * time + 3 * joint)
    return Point(x: place, y: place + 0.5)
  }

  private static func expect(_ file: Recording, times: [Int]) {
    #expect(file.header.skeleton.joints.map(\.name) == ["nose", "left_hip", "right_hip"])
    #expect(file.frames.map(\.index) == times)
    for frame in file.frames {
      #expect(frame.people.map(\.trackID) == (frame.index == 2 ? [0] : [0, 1]))
      for person in frame.people {
        let points = (0..<3).map { point(time: frame.index, person: person.trackID ?? -1, joint: $0) }
        #expect(person.pose.keypoints.map { $0?.point } == points)
        #expect(person.pose.keypoints[2]?.score == 0.5 + 0.5 * Double(person.trackID ?? -1))
      }
    }
  }

  @Test(arguments: ["matlab.analysis.h5", "standard.h5"])
  func `analysis files of sleap-io are read with any order of dimensions`(name: String) throws {
    let file = try Recording(Self.fixture(name))
    Self.expect(file, times: Array(0..<6))
    #expect(file.header.skeleton.limbs.map { [$0.from, $0.to] } == [[0, 1], [1, 2]])
    #expect(file.frames[0].people.map(\.pose.score) == [0.5, 0.75])
  }

  @Test func `movement's times in seconds give the numbers of frames`() throws {
    let file = try Recording(Self.fixture("seconds.nc"))
    Self.expect(file, times: [0, 1, 2, 4])
    #expect(file.frames.map { $0.time?.seconds } == [0, 0.04, 0.08, 0.16])
  }

  @Test func `movement's dimensions go by their names, also in a file of h5netcdf`() throws {
    let file = try Recording(Self.fixture("frames.nc"))
    Self.expect(file, times: Array(0..<6))
    #expect(file.frames.allSatisfy { $0.time == nil })
  }

  @Test(arguments: [RecordingFormat.sleapAnalysis, .movement].map(\.name))
  func `a long file, with frames left out and people who come and go, comes back, as the same bytes each time`(
    name: String
  ) throws {
    let format = try #require(RecordingFormat.named(name))
    let made = sampleFrames(3, people: 40).flatMap { frame in
      (0..<1000).map { turn -> RecordedFrame in
        var frame = frame
        frame.index = turn * 6 + frame.index * 2
        frame.time = MediaTime(ticks: Int64(frame.index), denominator: 25)
        frame.people.removeAll { ($0.trackID ?? 0) % 20 != turn % 20 }
        return frame
      }
    }
    let recording = Recording(header: sampleHeader, frames: made.sorted { $0.index < $1.index })
    try withFolder { folder in
      let url = folder.appending(path: "a\(format.ending)")
      try recording.write(to: url, as: format)
      let bytes = try Data(contentsOf: url)
      #expect(bytes.count < 6_000_000)
      let read = try Recording(url)
      let (before, after) = (recording.frames.filter { !$0.people.isEmpty }, read.frames.filter { !$0.people.isEmpty })
      #expect(after.map(\.index) == before.map(\.index))
      let positions = { (frames: [RecordedFrame]) in
        frames.map { $0.people.map { $0.pose.keypoints.map { $0?.point } } }
      }
      #expect(positions(after) == positions(before))
      #expect(after.map { $0.people.map(\.trackID) } == before.map { $0.people.map(\.trackID) })
      try recording.write(to: url, as: format)
      #expect(try Data(contentsOf: url) == bytes)
    }
  }

  @Test(arguments: [RecordingFormat.sleapAnalysis, .movement].map(\.name))
  func `a recording without anybody and one without frames come back`(name: String) throws {
    let format = try #require(RecordingFormat.named(name))
    try withFolder { folder in
      let url = folder.appending(path: "a\(format.ending)")
      for count in 0...2 {
        let frames = sampleFrames(count, people: 0)
        try Recording(header: sampleHeader, frames: frames).write(to: url, as: format)
        #expect(try Recording(url).frames.map(\.people.count) == frames.map { _ in 0 })
      }
    }
  }

  @Test(arguments: ["matlab.analysis.h5", "seconds.nc"])
  func `a file that was cut off is refused wherever it ends`(name: String) throws {
    let bytes = try Data(contentsOf: Self.fixture(name))
    try withFolder { folder in
      for length in stride(from: 0, to: bytes.count, by: 997) {
        let url = folder.appending(path: name)
        try bytes.prefix(length).write(to: url)
        #expect {
          try Recording(url)
        } throws: { error in
          let problem = length < 8 ? "is no HDF5 file" : "is an HDF5 file that is cut off or damaged"
          return "\(error)".contains(problem) && "\(error)".contains(name)
        }
      }
    }
  }

  /// Chunks are packed by zlib, which has a checksum of them, and HDF5 has one of what says where they lie.
  @Test(arguments: [RecordingFormat.sleapAnalysis, .movement].map(\.name))
  func `a bit that has turned in poses is told, never taken for others`(name: String) throws {
    let format = try #require(RecordingFormat.named(name))
    let recording = Recording(header: sampleHeader, frames: sampleFrames(200, people: 5))
    try withFolder { folder in
      let url = folder.appending(path: "a\(format.ending)")
      try recording.write(to: url, as: format)
      let (bytes, whole) = (try Data(contentsOf: url), try Recording(url).frames)
      var refused = 0
      for place in stride(from: 97, to: bytes.count, by: bytes.count / 60) {
        var damaged = bytes
        damaged[place] ^= 1 << (place % 8)
        try damaged.write(to: url)
        guard let read = try? Recording(url) else {
          refused += 1
          continue
        }
        #expect(read.frames.count == whole.count)
        for (frame, sound) in zip(read.frames, whole) {
          #expect(frame.people.map(\.pose.keypoints) == sound.people.map(\.pose.keypoints), "\(place)")
        }
      }
      #expect(refused > 30)
    }
  }

  @Test(arguments: [
    ("lie-link.h5", "has no array \"tracks\""), ("lie-external.h5", "is no array whose values lie in this file"),
    ("lie-chunk.h5", "is stored in parts of more than 256 MiB"),
  ])
  func `what lies elsewhere or takes much memory is refused`(name: String, problem: String) throws {
    #expect {
      try Recording(try Self.fixture(name))
    } throws: { error in
      "\(error)".contains(problem) && "\(error)".contains(name)
    }
  }

  /// Each ends HDF5 1.10.8 by a wrong access to memory, with bits of the other fixtures turned.
  @Test(arguments: ["crash-attribute.h5", "crash-texts.nc"])
  func `files that crash the library are refused`(name: String) throws {
    #expect {
      try Recording(try Self.fixture(name))
    } throws: { error in
      error is FileError && "\(error)".contains(name)
    }
  }

  /// An analysis file of one person and one keypoint whose arrays are replaced.
  private static func expectRefusal(
    _ problem: String, tracks: [Int] = [1, 2, 1, 4], dims: String? = nil, scores: [Int]? = nil, value: Double = 1,
    names: [String] = ["track_0"]
  ) throws {
    try withFolder { folder in
      let url = folder.appending(path: "a.analysis.h5")
      let output = try HDF5Output(.place(url, overwrites: true))
      try output.write("node_names", ["nose"])
      try output.write("track_names", names)
      let isSmall = tracks.allSatisfy { $0 < 100 }
      let array = try output.make("tracks", CHDF5_FLOAT64, shape: tracks, chunk: tracks.map { min($0, 4) })
      if isSmall {
        try output.write(
          array, at: tracks.map { _ in 0 }, tracks, Array(repeating: value, count: tracks.reduce(1, *)))
      }
      if let dims { try output.set("dims", dims, of: array) }
      if let scores {
        try output.write("point_scores", CHDF5_FLOAT64, shape: scores, Array(repeating: 1, count: scores.reduce(1, *)))
      }
      try output.finish()
      #expect {
        try Recording(url)
      } throws: { error in
        "\(error)".contains(problem) && "\(error)".contains("a.analysis.h5")
      }
    }
  }

  @Test func `wrong arrays and sizes are refused`() throws {
    try Self.expectRefusal("has 3 dimensions where 4 belong", tracks: [1, 2, 4])
    try Self.expectRefusal("1 × 2 × 1 × 1099511627776 values, which the file does", tracks: [1, 2, 1, 1 << 40])
    try Self.expectRefusal("1099511627776 × 2 × 1 × 4 values, which", tracks: [1 << 40, 2, 1, 4])
    try Self.expectRefusal("don't have as many people: 2, and 1", tracks: [2, 2, 1, 4])
    try Self.expectRefusal("don't have as many keypoints: 3, and 1", tracks: [1, 2, 3, 4])
    try Self.expectRefusal("don't have as many frames: 3, and 4", scores: [1, 1, 3])
    try Self.expectRefusal("have not two coordinates", tracks: [1, 1, 1, 4])
    try Self.expectRefusal("does not name its dimensions", dims: "[\"frame\"]")
    try Self.expectRefusal("does not name its dimensions", dims: "[")
    try Self.expectRefusal("is infinite", value: .infinity)
  }

  @Test func `another file with the ending is refused`() throws {
    try withFolder { folder in
      for name in ["a.h5", "a.nc"] {
        let url = folder.appending(path: name)
        try Data("[]".utf8).write(to: url)
        #expect {
          try Recording(url)
        } throws: { error in
          "\(error)".contains("is no HDF5 file")
        }
      }
      #expect {
        try Recording(try Self.fixture("seconds.nc"), as: .sleapAnalysis)
      } throws: { error in
        "\(error)".contains("has no array \"tracks\"")
      }
    }
  }

  @Test func `too many frames for a place for each are refused, and leave nothing`() throws {
    try withFolder { folder in
      var recording = Recording(header: sampleHeader, frames: sampleFrames(1))
      recording.frames[0].index = 1 << 40
      let url = folder.appending(path: "a.analysis.h5")
      #expect {
        try recording.write(to: url, as: .sleapAnalysis)
      } throws: { error in
        "\(error)".contains("too many for a file") && "\(error)".contains("a.analysis.h5")
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(left == [])
    }
  }
}

#endif
