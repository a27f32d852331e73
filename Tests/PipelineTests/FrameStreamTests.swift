internal import TestSupport
internal import Testing
internal import Video

@testable internal import Pipeline

@Suite struct `Decoded frames` {
  private static let cuts = [13, 20, 33]

  /// Scenes of blocks, of which one is black in its first frames.
  private static func video() -> SampleVideo {
    var sample = SampleVideo.lossless(width: 128, height: 72, frames: 45, pixelFormat: "yuv420p")
    sample.colour = { frame, x, y in
      let scene = cuts.count { $0 <= frame }
      if (33..<39).contains(frame) { return (0, 0, 0) }
      var random = SeededRandom(seed: UInt64(scene * 10_000 + (x + frame) / 16 * 100 + y / 12))
      return (.random(in: 0...255, using: &random), .random(in: 0...255, using: &random), UInt8(scene * 80))
    }
    return sample
  }

  @Test func `those of a part begin the same shots as in the whole`() throws {
    let folder = try TemporaryFolder()
    let url = try Self.video().write(to: folder.file("a.mkv"))
    func frames(_ range: Range<Int>?) throws -> [(index: Int, beginsShot: Bool?)] {
      var options = VideoReaderOptions()
      options.stride = 2
      let stream = FrameStream(
        try VideoReader(source: url, options: options), capacity: 4, clock: StageClock(), findsShots: true, range: range
      )
      var result: [(Int, Bool?)] = []
      while let frame = try stream.next() { result.append((frame.index, frame.beginsShot)) }
      return result
    }
    let whole = try frames(nil)
    #expect(whole.filter { $0.beginsShot == true }.map(\.index) == [0, 14, 20, 40])
    #expect(whole.map(\.index) == Array(stride(from: 0, to: 45, by: 2)))
    for border in [0, 9, 14, 15, 20, 36, 45, 60] {
      let parts = try [0..<border, border..<Int.max].map { try frames($0) }
      #expect(parts[0].allSatisfy { $0.index < border } && parts[1].allSatisfy { $0.index >= border })
      let together = parts[0] + parts[1]
      #expect(together.map(\.index) == whole.map(\.index) && together.map(\.beginsShot) == whole.map(\.beginsShot))
    }
  }
}
