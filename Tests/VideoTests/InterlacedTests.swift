internal import Foundation
internal import Imaging
private import Synchronization
internal import TestSupport
import Testing
private import Timing
internal import Video

@Suite struct `Interlaced video` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A white bar that moves by three pixels from field to field, the odd rows first.
  private func sample(frames: Int = 20, height: Int = 96) -> SampleVideo {
    var sample = SampleVideo(width: 160, height: height, frames: frames)
    sample.encoderOptions["x264-params"] = "tff=1:keyint=10"
    sample.colour = { frame, x, y in
      let left = 8 + 6 * frame + 3 * ((y + 1) % 2)
      return (left..<left + 20).contains(x) ? (235, 235, 235) : (60, 60, 60)
    }
    return sample
  }

  /// How much rows differ from the next, on average.
  private func combs(_ frame: Frame) -> Double {
    let image = frame.image
    let differences = (0..<image.height - 1).flatMap { y in
      (0..<image.width).map { x in abs(image.pixel(x, y)[0] - image.pixel(x, y + 1)[0]) }
    }
    return Double(differences.reduce(0, +)) / Double(differences.count)
  }

  @Test(arguments: ["mkv", "ts", "mp4"])
  func `each picture shows the moment of its first field, at its time`(container: String) throws {
    let url = try sample().write(to: folder.file("a.\(container)"))
    var options = VideoReaderOptions()
    options.wantsPlanar = true
    let reader = try VideoReader(source: url, options: options)
    let frames = try reader.all()
    let stored = try VideoReader.frames(url) { $0.deinterlacing = .off }
    #expect(frames.count == 20 && frames.map(\.time) == stored.map(\.time))
    #expect(frames.map(\.duration) == stored.map(\.duration) && frames.map(\.index) == Array(0..<20))
    for (frame, stored) in zip(frames, stored) { #expect(combs(frame) < combs(stored) / 4) }
    for (number, frame) in frames.enumerated() where (1..<19).contains(number) {
      let row = (0..<160).map { frame.image.pixel($0, 48)[0] }
      #expect(abs((row.firstIndex { $0 > 150 } ?? 0) - (8 + 6 * number)) <= 1)
    }
    #expect(reader.warnings.count == 1 && reader.warnings.first?.contains("deinterlaced") == true)
    #expect(reader.damage.isEmpty)
  }

  @Test func `a part of a video has the pictures of the whole`() throws {
    let url = try sample().write(to: folder.file("a.mkv"))
    let whole = try VideoReader.frames(url).map(\.image)
    #expect(try VideoReader.frames(url) { $0.maxFrames = 7 }.map(\.image) == Array(whole[..<7]))
    #expect(
      try VideoReader.frames(url) { ($0.start, $0.stride) = (0.2, 3) }.map(\.image)
        == [5, 8, 11, 14, 17].map { whole[$0] })
    #expect(try VideoReader.frames(url) { $0.threads = 3 }.map(\.image) == whole)
    let isInterrupted = Atomic(false)
    let reader = try VideoReader(source: url, isInterrupted: { isInterrupted.load(ordering: .relaxed) })
    var given: [Image] = []
    while let frame = try reader.next() {
      given.append(frame.image)
      isInterrupted.store(given.count >= 4, ordering: .relaxed)
    }
    #expect(given == Array(whole[..<given.count]))
  }

  @Test func `pictures that are not interlaced are left as they are`() throws {
    var plain = sample()
    plain.encoderOptions["x264-params"] = nil
    let url = try plain.write(to: folder.file("a.mkv"))
    let reader = try VideoReader(source: url)
    let stored = try VideoReader.frames(url) { $0.deinterlacing = .off }
    #expect(try reader.all().map(\.image) == stored.map(\.image))
    #expect(reader.warnings.isEmpty)
    let all = try VideoReader.frames(url) { $0.deinterlacing = .on }
    #expect(all.count == 20 && all.map(\.time) == stored.map(\.time))
    for (frame, stored) in zip(all, stored) { #expect(combs(frame) < combs(stored) / 4) }
  }

  @Test func `nothing is lost where the size changes, or pictures are too small`() throws {
    var data = Data()
    for (height, isInterlaced) in [(96, false), (96, true), (64, true), (128, false)] {
      var part = sample(frames: 8, height: height)
      if !isInterlaced { part.encoderOptions["x264-params"] = nil }
      data += try Data(contentsOf: part.write(to: folder.file("part.ts")))
    }
    try data.write(to: folder.file("all.ts"))
    let frames = try VideoReader.frames(folder.file("all.ts"))
    #expect(frames.count == 32 && frames.map(\.index) == Array(0..<32))
    let small = try SampleVideo.lossless(width: 16, height: 2, frames: 3, pixelFormat: "yuv420p").write(
      to: folder.file("b.mkv"))
    #expect(try VideoReader.frames(small) { $0.deinterlacing = .on }.count == 3)
  }
}
