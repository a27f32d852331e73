internal import Foundation
internal import Pose
internal import TestSupport
import Testing
private import Timing

@testable internal import Video

@Suite struct `Reading times` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: ["mp4", "mov", "mkv"], [Int32(0), 2])
  func `every frame keeps its own time, also with B-frames and a variable rate`(container: String, bFrames: Int32)
    throws
  {
    var sample = SampleVideo()
    sample.times = [0, 40, 80, 83, 200, 201, 340, 1000, 1033, 1066, 1100, 2000]
    sample.timeBase = (1, 1000)
    sample.bFrames = bFrames
    let frames = try VideoReader.frames(sample.write(to: folder.file("vfr.\(container)")))
    #expect(frames.map { Int(($0.time.seconds * 1000).rounded()) } == sample.times.map(Int.init))
    #expect(frames.map(\.index) == Array(0..<12))
  }

  @Test func `times that start late are kept, and the start is told`() throws {
    var sample = SampleVideo()
    sample.times = (0..<10).map { 30 + $0 }
    let reader = try VideoReader(source: sample.write(to: folder.file("late.mkv")))
    #expect(reader.info.startTime.seconds == 1.2)
    #expect(try reader.next()?.time.seconds == 1.2)
  }

  @Test func `a start in the middle gives the same frames as reading from the beginning`() throws {
    var sample = SampleVideo(frames: 50)
    sample.bFrames = 2
    let url = try sample.write(to: folder.file("a.mp4"))
    let whole = try VideoReader.frames(url)
    let part = try VideoReader.frames(url) {
      $0.start = 0.5
      $0.end = 1.5
    }
    #expect(part.map(\.index) == Array(13..<38))
    #expect(part.map(\.image) == whole[13..<38].map(\.image))
    #expect(part.map(\.time) == whole[13..<38].map(\.time))
  }

  @Test func `a stride counts from the first frame wanted, and the number of frames can be limited`() throws {
    let url = try SampleVideo(frames: 30).write(to: folder.file("a.mp4"))
    let frames = try VideoReader.frames(url) {
      $0.start = 0.2
      $0.stride = 4
      $0.maxFrames = 3
    }
    #expect(frames.map(\.index) == [5, 9, 13])
  }

  @Test func `a range of frames is a part of what the other options choose`() throws {
    let url = try SampleVideo(frames: 30).write(to: folder.file("a.mp4"))
    func frames(_ range: Range<Int>?) throws -> [Frame] {
      try VideoReader.frames(url) {
        ($0.start, $0.stride, $0.maxFrames, $0.frames) = (0.2, 4, 5, range)
      }
    }
    let whole = try frames(nil)
    #expect(whole.map(\.index) == [5, 9, 13, 17, 21])
    #expect(try [0..<9, 9..<14, 14..<Int.max].map { try frames($0).map(\.index) } == [[5], [9, 13], [17, 21]])
    #expect(try frames(9..<14).map(\.image) == whole[1..<3].map(\.image))
    #expect(try frames(22..<30).isEmpty)
  }

  @Test func `a start after the end gives no frames and no error`() throws {
    let url = try SampleVideo().write(to: folder.file("a.mp4"))
    #expect(try VideoReader.frames(url) { $0.start = 100 }.isEmpty)
  }

  @Test func `the number of decoder threads does not change a frame`() throws {
    var sample = SampleVideo(frames: 20)
    sample.bFrames = 2
    let url = try sample.write(to: folder.file("a.mp4"))
    let one = try VideoReader.frames(url) { $0.threads = 1 }
    let four = try VideoReader.frames(url) { $0.threads = 4 }
    #expect(one.map(\.image) == four.map(\.image))
  }

  @Test func `a frame says how long it is shown`() throws {
    let frames = try VideoReader.frames(SampleVideo().write(to: folder.file("a.mp4")))
    #expect(frames.map { $0.duration?.seconds } == Array(repeating: 0.04, count: 10))
  }
}

@Suite struct `The clock of frames` {
  @Test(
    arguments: [
      ([0, 40, 80], [0, 40, 80]),
      ([0, nil, nil, 120], [0, 40, 80, 120]),
      ([0, 40, 40, 80], [0, 40, 41, 80]),
      ([0, 40, 30, 80], [0, 40, 41, 80]),
      ([nil, nil, 80], [7, 47, 80]),
      ([5000, 5040, 0, 40], [5000, 5040, 5041, 5042]),
    ] as [([Int64?], [Int64])])
  func `times always rise and stated ones are kept`(stated: [Int64?], expected: [Int64]) {
    var clock = FrameClock(timeBase: Rational(1, 1000), frameRate: Rational(25, 1), start: 7)
    #expect(stated.map { clock.time(stated: $0, duration: nil) } == expected)
  }

  @Test func `absurd times do not overflow`() {
    var clock = FrameClock(timeBase: Rational(1, 1), frameRate: nil, start: 0)
    #expect(clock.time(stated: .max - 1, duration: .max) == .max - 1)
    #expect(clock.time(stated: nil, duration: nil) == .max)
    #expect(clock.time(stated: .min + 1, duration: nil) == .max)
  }
}
