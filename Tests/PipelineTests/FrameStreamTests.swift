internal import Foundation
internal import TestSupport
internal import Testing
internal import Video

@testable internal import Pipeline

@Suite struct `Decoded frames` {
  /// Scenes of blocks, cut at some frames and black in others.
  private static func scenes(_ frames: Int, cuts: [Int], black: Range<Int>) -> SampleVideo {
    var sample = SampleVideo.lossless(width: 128, height: 72, frames: frames, pixelFormat: "yuv420p")
    sample.colour = { frame, x, y in
      let scene = cuts.count { $0 <= frame }
      if black.contains(frame) { return (0, 0, 0) }
      var random = SeededRandom(seed: UInt64(scene * 10_000 + (x + frame) / 16 * 100 + y / 12))
      return (.random(in: 0...255, using: &random), .random(in: 0...255, using: &random), UInt8(scene * 60))
    }
    return sample
  }

  private func frames(_ url: URL, stride: Int, _ range: Range<Int>?) throws -> [(index: Int, beginsShot: Bool?)] {
    var options = VideoReaderOptions()
    options.stride = stride
    let stream = FrameStream(
      try VideoReader(source: url, options: options), capacity: 4, clock: StageClock(), findsShots: true, range: range)
    var result: [(Int, Bool?)] = []
    while let frame = try stream.next() { result.append((frame.index, frame.beginsShot)) }
    return result
  }

  /// Expects two parts to have the frames of the whole, and the second one's first frame in both.
  private func expectParts(_ url: URL, stride: Int, at border: Int, areThoseOf whole: [(index: Int, beginsShot: Bool?)])
    throws
  {
    var parts = try [0..<border, border..<Int.max].map { try frames(url, stride: stride, $0) }
    let next = parts[0].last { $0.index >= border }
    if next != nil { parts[0].removeLast() }
    #expect(next?.index == parts[1].first?.index && next?.beginsShot == parts[1].first?.beginsShot)
    #expect(parts[0].allSatisfy { $0.index < border } && parts[1].allSatisfy { $0.index >= border })
    let together = parts[0] + parts[1]
    #expect(together.map(\.index) == whole.map(\.index) && together.map(\.beginsShot) == whole.map(\.beginsShot))
  }

  @Test func `those of a part begin the same shots as in the whole`() throws {
    let folder = try TemporaryFolder()
    let url = try Self.scenes(45, cuts: [13, 20, 33], black: 33..<39).write(to: folder.file("a.mkv"))
    let whole = try frames(url, stride: 2, nil)
    #expect(whole.filter { $0.beginsShot == true }.map(\.index) == [0, 14, 20, 40])
    #expect(whole.map(\.index) == Array(Swift.stride(from: 0, to: 45, by: 2)))
    for border in [0, 9, 14, 15, 20, 36, 45, 60] { try expectParts(url, stride: 2, at: border, areThoseOf: whole) }
  }

  @Test func `those of a part do so where most before it are passed over, and where too little is seen of these`()
    throws
  {
    let folder = try TemporaryFolder()
    var sample = Self.scenes(320, cuts: [13, 150, 256, 280], black: 160..<250)
    (sample.encoder, sample.encoderOptions) = (
      "libx264", ["preset": "ultrafast", "x264-params": "keyint=16", "crf": "10"]
    )
    let url = try sample.write(to: folder.file("a.mp4"))
    let whole = try frames(url, stride: 1, nil)
    #expect(whole.filter { $0.beginsShot == true }.map(\.index) == [0, 13, 150, 256, 280])
    for border in [120, 150, 200, 251, 256, 310] { try expectParts(url, stride: 1, at: border, areThoseOf: whole) }
  }
}
