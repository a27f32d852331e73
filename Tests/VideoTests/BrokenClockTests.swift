internal import Foundation
internal import Pose
internal import TestSupport
import Testing
internal import Timing
internal import Video

/// Files whose clocks break, and trouble with the sound of others: pictures and sound stay together, and no picture is lost.
@Suite struct `Broken clocks and sound` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func sample(start: Int64 = 0) -> SampleVideo {
    var sample = SampleVideo(frames: 50)
    sample.times = (start..<start + 50).map { $0 }
    sample.soundStart = Double(start) / 25
    sample.tones = [SampleVideo.Tone()]
    sample.bFrames = 2
    return sample
  }

  /// The videos as transport streams, one behind the other.
  private func joined(_ samples: [SampleVideo]) throws -> URL {
    var data = Data()
    for sample in samples { data += try Data(contentsOf: sample.write(to: folder.file("part.ts"))) }
    try data.write(to: folder.file("joined.ts"))
    return folder.file("joined.ts")
  }

  /// Writes pictures and sound into an MP4 as the overlay is written.
  private func copy(
    _ source: URL
  ) throws -> (frames: [Frame], sound: SoundProbe.Stream, warnings: [String], notes: [String]) {
    var reading = VideoReaderOptions()
    reading.wantsPlanar = true
    let reader = try VideoReader(source: source, options: reading)
    var options = VideoWriterOptions()
    options.sound = SoundSource(file: source)
    options.origin = reader.info.startTime
    options.overwrites = true
    let writer = try VideoWriter(destination: folder.file("out.mp4"), format: reader.info.format, options: options)
    while let frame = try reader.next() {
      try writer.write(#require(frame.planar), time: frame.time, duration: frame.duration)
    }
    try writer.finish()
    #expect(reader.damage.isEmpty, "\(reader.damage.sentence)")
    let sound = try #require(SoundProbe(folder.file("out.mp4")).streams.first)
    return (try VideoReader.frames(folder.file("out.mp4")), sound, reader.warnings, writer.notes)
  }

  @Test(arguments: [(Int64(0), "goes back"), (90_000, "leaps")])
  func `joined streams follow each other and sound stays with its pictures`(start: Int64, word: String) throws {
    let (frames, sound, warnings, _) = try copy(joined([sample(), sample(start: start)]))
    #expect(frames.count == 100)
    let times = frames.map(\.time.seconds)
    for (time, next) in zip(times, times.dropFirst()) { #expect(abs(next - time - 0.04) < 0.001) }
    for (time, next) in zip(sound.times, sound.times.dropFirst()) { #expect((0..<0.15).contains(next - time)) }
    let spans = [times, sound.times].map { ($0.last ?? 0) - ($0.first ?? 0) }
    #expect(abs(spans[0] - spans[1]) < 0.15, "\(spans)")
    #expect(warnings.count == 1 && warnings.first?.contains(word) == true, "\(warnings)")
  }

  @Test func `a restarted clock in a file that is read from its middle keeps sound and pictures together`() throws {
    let source = try joined([sample(), sample()])
    let frames = try VideoReader.frames(source) { $0.start = 3 }
    #expect(frames.map(\.index) == Array(75..<100))
  }

  @Test(arguments: [-27_000, 9000, 900_000])
  func `a moment of sound with a wrong time keeps its place`(ticks: Int64) throws {
    let source = try sample().write(to: folder.file("a.ts"))
    let before = try copy(source)
    var stream = TransportStream(try Data(contentsOf: source))
    #expect(stream.moveTimes(ofPID: 0x101, packets: 2...2, by: ticks) == 1)
    try stream.data.write(to: folder.file("b.ts"))
    let after = try copy(folder.file("b.ts"))
    #expect(after.frames.map(\.time) == before.frames.map(\.time))
    #expect(after.sound.bytes == before.sound.bytes)
    #expect(zip(after.sound.times, before.sound.times).allSatisfy { abs($0 - $1) < 0.11 })
  }

  @Test(arguments: ["aac", "mp2", "eac3"])
  func `lost and damaged packets of sound cost no pictures`(encoder: String) throws {
    var sample = sample()
    sample.tones = [SampleVideo.Tone(encoder: encoder)]
    let source = try sample.write(to: folder.file("a.ts"))
    let before = try copy(source).frames.map(\.time)
    for harm in [TransportStream.Harm.loses, .scrambles] {
      var stream = TransportStream(try Data(contentsOf: source))
      stream.harm(pid: 0x101, harm, every: 4)
      try stream.data.write(to: folder.file("b.ts"))
      #expect(try copy(folder.file("b.ts")).frames.map(\.time) == before)
    }
  }

  @Test func `another programme is named and its sound left out`() throws {
    var sample = sample()
    sample.programmes = 2
    let source = try sample.write(to: folder.file("two.ts"))
    let reader = try VideoReader(source: source)
    #expect(reader.info.audioStreamCount == 1)
    #expect(reader.warnings.count == 1 && reader.warnings.first?.contains("stream 2 (64x48, programme 2)") == true)
    _ = try copy(source)
    #expect(try SoundProbe(folder.file("out.mp4")).streams.count == 1)
    var options = VideoReaderOptions()
    options.stream = 2
    #expect(try VideoReader(source: source, options: options).warnings.isEmpty)
  }
}
