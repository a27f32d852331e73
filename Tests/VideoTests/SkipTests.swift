internal import Foundation
internal import TestSupport
internal import Testing
internal import Timing

@testable internal import Video

@Suite struct `Reading from the middle` {
  private static func video(_ encoder: String, _ options: [String: String], frames: Int = 300)
    -> SampleVideo
  {
    var sample = SampleVideo(width: 64, height: 48, frames: frames)
    sample.encoder = encoder
    sample.encoderOptions = options
    sample.colour = { frame, x, y in (UInt8(frame % 200), UInt8(x * 3), UInt8((y * 5 + frame) % 256)) }
    return sample
  }

  /// Whether frames are passed over, and those from `index` on that then come, beside those of the whole.
  private func compare(
    _ url: URL, at index: Int, _ configure: (inout VideoReaderOptions) -> Void = { _ in }
  ) throws -> (hasSkipped: Bool, first: Int?, isSame: Bool) {
    var options = VideoReaderOptions()
    configure(&options)
    let reader = try VideoReader(source: url, options: options)
    let hasSkipped = try reader.skip(to: index)
    let frames = try reader.all()
    let whole = try VideoReader.frames(url, configure)
    #expect(reader.damage.isEmpty)
    let (ours, theirs) = (frames.filter { $0.index >= index }, whole.filter { $0.index >= index })
    let isSame = zip(ours, theirs).allSatisfy {
      ($0.index, $0.time, $0.duration) == ($1.index, $1.time, $1.duration) && $0.image == $1.image
    }
    return (hasSkipped, frames.first?.index, isSame && ours.count == theirs.count)
  }

  @Test(arguments: [
    ("mp4", "libx264", ["preset": "ultrafast", "x264-params": "keyint=30"]),
    ("mkv", "libx264", ["preset": "medium", "x264-params": "keyint=25:bframes=3"]),
    ("ts", "libx264", ["preset": "medium", "x264-params": "keyint=25:bframes=3:open-gop=1"]),
    ("mp4", "libx265", ["preset": "ultrafast", "x265-params": "keyint=25:bframes=3:open-gop=1:log-level=none"]),
    ("mov", "mjpeg", [:]),
    // A key frame every 128 frames, and pictures between that are never shown.
    ("mkv", "libvpx-vp9", ["deadline": "good", "cpu-used": "8"]),
  ])
  func `gives the frames of reading from the beginning`(ending: String, encoder: String, options: [String: String])
    throws
  {
    let folder = try TemporaryFolder()
    let url = try Self.video(encoder, options, frames: 450).write(to: folder.file("a.\(ending)"))
    for index in [330, 399, 400, 449, 450] {
      let (hasSkipped, first, isSame) = try compare(url, at: index)
      #expect(hasSkipped && isSame, "\(index)")
      #expect(first ?? 0 > 0 && first ?? .max <= index - 32, "\(index)")
    }
    #expect(try !compare(url, at: 20).hasSkipped)
  }

  @Test func `keeps to uneven times, strides and starts`() throws {
    let folder = try TemporaryFolder()
    var sample = Self.video("libx264", ["preset": "medium", "x264-params": "keyint=20:bframes=2"])
    sample.times = (0..<300).map { Int64($0 * 3 + $0 % 2) }
    sample.timeBase = (1, 90)
    let url = try sample.write(to: folder.file("a.mp4"))
    for configure: (inout VideoReaderOptions) -> Void in [
      { _ in }, { $0.stride = 7 }, { $0.start = 2 }, { $0.end = 8 },
    ] {
      let (hasSkipped, _, isSame) = try compare(url, at: 201, configure)
      #expect(hasSkipped && isSame)
    }
    // Which frames are chosen depends on those before.
    for configure: (inout VideoReaderOptions) -> Void in [{ ($0.start, $0.stride) = (2, 7) }, { $0.maxFrames = 250 }] {
      let (hasSkipped, _, isSame) = try compare(url, at: 201, configure)
      #expect(!hasSkipped && isSame)
    }
  }

  @Test func `is left where packets don't tell when they are shown, or come to no key frame`() throws {
    let folder = try TemporaryFolder()
    let untimed = try Self.video("libx264", ["preset": "ultrafast", "x264-params": "keyint=20"]).write(
      to: folder.file("a.h264"))
    let whole = try Self.video("libx264", ["preset": "ultrafast", "x264-params": "keyint=1000"]).write(
      to: folder.file("a.mp4"))
    let sparse = try Self.video("mpeg2video", [:]).write(to: folder.file("a.mpg"))
    for url in [untimed, sparse, whole] {
      let (hasSkipped, first, isSame) = try compare(url, at: 200)
      #expect(!hasSkipped && first == 0 && isSame)
    }
  }

  @Test func `begins anew where that is asked for`() throws {
    let folder = try TemporaryFolder()
    let url = try Self.video("libx264", ["preset": "ultrafast", "x264-params": "keyint=20"]).write(
      to: folder.file("a.mp4"))
    let reader = try VideoReader(source: url)
    #expect(try reader.skip(to: 200) && reader.next()?.index == 100)
    try reader.restart()
    #expect(try reader.all().map(\.index) == Array(0..<300))
  }
}
