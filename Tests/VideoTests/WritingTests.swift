internal import Foundation
internal import Imaging
internal import Pose
internal import TestSupport
import Testing
internal import Timing
internal import Video

@Suite struct `Writing videos` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Reads the source and writes its pictures, with its sound, as the overlay is written.
  @discardableResult
  private func copy(
    _ source: URL, to name: String, _ configure: (inout VideoWriterOptions) -> Void = { _ in },
    read: (inout VideoReaderOptions) -> Void = { _ in }
  ) throws -> [String] {
    var reading = VideoReaderOptions()
    reading.wantsPlanar = true
    read(&reading)
    let reader = try VideoReader(source: source, options: reading)
    var options = VideoWriterOptions()
    options.preset = "ultrafast"
    options.sound = SoundSource(file: source, start: reading.start, end: reading.end)
    configure(&options)
    let writer = try VideoWriter(destination: folder.file(name), format: reader.info.format, options: options)
    while let frame = try reader.next() {
      try writer.write(#require(frame.planar), time: frame.time, duration: frame.duration)
    }
    try writer.finish()
    return writer.notes
  }

  @Test(arguments: ["veryfast", "ultrafast"])
  func `times, aspect ratio and colours are those of the source`(preset: String) throws {
    var sample = SampleVideo()
    sample.times = [0, 3003, 6006, 6100, 15000, 45000, 45001, 90090]
    sample.timeBase = (1, 90000)
    sample.bFrames = 2
    sample.matrix = .bt709
    sample.isFullRange = true
    sample.sampleAspectRatio = (4, 3)
    let source = try sample.write(to: folder.file("a.mp4"))
    try copy(source, to: "b.mp4", { $0.preset = preset })
    let (before, after) = try (VideoReader(source: source), VideoReader(source: folder.file("b.mp4")))
    #expect(after.info.format.timeBase == before.info.format.timeBase)
    #expect(after.info.format.sampleAspectRatio == before.info.format.sampleAspectRatio)
    #expect(after.info.format.colour == before.info.format.colour)
    #expect(after.info.startTime == before.info.startTime)
    let frames = try (before.all(), after.all())
    #expect(frames.1.map(\.time) == frames.0.map(\.time))
    #expect(frames.1.count == 8)
    #expect(folder.contents == ["a.mp4", "b.mp4"])
  }

  @Test(arguments: [nil, MediaTime(ticks: 8, denominator: 25)], ["veryfast", "ultrafast"])
  func `a file lasts until the last picture's end`(last: MediaTime?, preset: String) throws {
    var reading = VideoReaderOptions()
    reading.wantsPlanar = true
    let reader = try VideoReader(source: SampleVideo(frames: 20).write(to: folder.file("a.mp4")), options: reading)
    var options = VideoWriterOptions()
    options.preset = preset
    let writer = try VideoWriter(destination: folder.file("b.mp4"), format: reader.info.format, options: options)
    for frame in try reader.all() { try writer.write(#require(frame.planar), time: frame.time, duration: last) }
    try writer.finish()
    let copy = try VideoReader(source: folder.file("b.mp4"))
    #expect(abs((copy.info.duration?.seconds ?? 0) - (last == nil ? 0.8 : 1.08)) < 1e-6)
    #expect(try copy.all().count == 20)
  }

  @Test(arguments: [[0, 1, 2, 3, 4, 5, 6, 100, 200, 300, 310], [0, 100, 200, 300, 301, 302, 303, 304, 305, 306, 310]])
  func `uneven times do not change how long a file lasts`(times: [Int64]) throws {
    let reader = try VideoReader(source: SampleVideo(frames: times.count).write(to: folder.file("a.mp4")))
    var format = reader.info.format
    format.timeBase = Rational(1, 100)
    let writer = try VideoWriter(destination: folder.file("b.mp4"), format: format)
    let picture = PlanarImage(
      matrix: .bt601, isFullRange: false, luma: Plane(width: 64, height: 48, level: 99),
      blueChroma: Plane(width: 32, height: 24, level: 128), redChroma: Plane(width: 32, height: 24, level: 128))
    for (time, next) in zip(times, times.dropFirst() + [320]) {
      try writer.write(
        picture, time: MediaTime(ticks: time, denominator: 100),
        duration: MediaTime(ticks: next - time, denominator: 100))
    }
    try writer.finish()
    let copy = try VideoReader(source: folder.file("b.mp4"))
    #expect(abs((copy.info.duration?.seconds ?? 0) - 3.2) < 1e-6)
    let read = try copy.all().map { Int64(($0.time.seconds * 100).rounded()) }
    #expect(read == times)
  }

  @Test func `pictures survive encoding`() throws {
    let source = try SampleVideo(frames: 5).write(to: folder.file("a.mp4"))
    try copy(source, to: "b.mp4") { $0.quality = 1 }
    let frames = try (VideoReader.frames(source), VideoReader.frames(folder.file("b.mp4")))
    for (before, after) in zip(frames.0, frames.1) {
      let errors = zip(before.image.pixels, after.image.pixels).map { abs(Int($0) - Int($1)) }
      #expect(errors.reduce(0, +) < errors.count)
    }
  }

  @Test func `an upright copy of a rotated video carries no rotation`() throws {
    var sample = SampleVideo(frames: 2)
    sample.quarterTurns = 1
    try copy(sample.write(to: folder.file("a.mp4")), to: "b.mp4")
    let reader = try VideoReader(source: folder.file("b.mp4"))
    #expect(reader.info.size == "48x64")
    let frame = try #require(try reader.next())
    #expect(frame.image.pixel(1, 1).distance((20, 60, 190)) < 16)
  }

  @Test(arguments: [("b.mp4", "libx264", 66, 50), ("b.mkv", "libx265", 66, 50), ("b.webm", "libvpx-vp9", 65, 49)])
  func `odd sizes are kept where the codec can, else filled up to even`(
    name: String, encoder: String, width: Int, height: Int
  ) throws {
    let source = try SampleVideo.lossless(width: 65, height: 49, frames: 3, pixelFormat: "yuv420p")
      .write(to: folder.file("a.mkv"))
    try copy(source, to: name) {
      $0.encoder = encoder
      $0.preset = nil
    }
    let reader = try VideoReader(source: folder.file(name))
    #expect(reader.info.size == "\(width)x\(height)")
    let frame = try #require(try reader.next())
    let grey = frame.image.pixel(width - 1, height - 1)
    #expect(grey.distance((120, 120, 120)) < 12)
  }

  @Test func `every audio stream is copied with its language`() throws {
    var sample = SampleVideo(frames: 50)
    sample.tones = [SampleVideo.Tone(language: "fra"), SampleVideo.Tone(frequency: 880, language: "spa")]
    let source = try sample.write(to: folder.file("a.mp4"))
    #expect(try copy(source, to: "b.mp4").isEmpty)
    let (before, after) = try (SoundProbe(source), SoundProbe(folder.file("b.mp4")))
    #expect(after.streams.map(\.codec) == ["aac", "aac"])
    #expect(after.streams.map(\.language) == ["fra", "spa"])
    #expect(after.streams.map(\.bytes) == before.streams.map(\.bytes))
    #expect(after.streams.map(\.times) == before.streams.map(\.times))
  }

  @Test(arguments: [("b.mp4", "aac"), ("b.mkv", "pcm_s16le"), ("b.mov", "pcm_s16le")])
  func `sound that the container can't hold is encoded anew and noted`(name: String, codec: String) throws {
    var sample = SampleVideo(frames: 50)
    sample.tones = [SampleVideo.Tone(encoder: "pcm_s16le")]
    let notes = try copy(sample.write(to: folder.file("a.mkv")), to: name)
    let streams = try SoundProbe(folder.file(name)).streams
    let stream = try #require(streams.first)
    #expect(stream.codec == codec)
    #expect(abs((stream.times.last ?? 0) - 1.94) < 0.08)
    #expect(notes.count == (codec == "aac" ? 1 : 0))
    #expect(notes.first?.contains("encoded anew as aac") ?? true)
  }

  @Test(arguments: ["dca", "libvorbis"], ["b.mp4", "b.mkv"])
  func `sound that most players do not play in MP4 is encoded anew there`(encoder: String, name: String) throws {
    var sample = SampleVideo(frames: 50)
    sample.tones = [SampleVideo.Tone(encoder: encoder)]
    let notes = try copy(sample.write(to: folder.file("a.mkv")), to: name)
    let codecs = try SoundProbe(folder.file(name)).streams.map(\.codec)
    #expect(codecs == [name == "b.mp4" ? "aac" : encoder == "dca" ? "dts" : "vorbis"])
    #expect(notes.count == (name == "b.mp4" ? 1 : 0))
  }

  @Test(arguments: ["b.mp4", "b.mov"])
  func `HEVC has the tag that QuickTime plays`(name: String) throws {
    try copy(SampleVideo(frames: 5).write(to: folder.file("a.mkv")), to: name) {
      $0.encoder = "libx265"
      $0.preset = "ultrafast"
    }
    let data = try Data(contentsOf: folder.file(name))
    #expect(data.range(of: Data("hvc1".utf8)) != nil && data.range(of: Data("hev1".utf8)) == nil)
    #expect(try VideoReader.frames(folder.file(name)).count == 5)
  }

  /// AVI has no times of presentation: those of the last pictures follow from the ones before.
  @Test(arguments: ["mpeg4", "libx264"], [1, 4])
  func `the last pictures of an AVI with B-frames last as long as the others`(encoder: String, threads: Int) throws {
    var sample = SampleVideo(frames: 25)
    (sample.encoder, sample.bFrames) = (encoder, 2)
    sample.encoderOptions = encoder == "libx264" ? ["preset": "veryfast"] : [:]
    try copy(sample.write(to: folder.file("a.avi")), to: "b.mp4", read: { $0.threads = threads })
    for name in ["a.avi", "b.mp4"] {
      let frames = try VideoReader.frames(folder.file(name)) { $0.threads = threads }
      #expect(frames.count == 25)
      #expect(frames.allSatisfy { abs(($0.duration?.seconds ?? 0) - 0.04) < 1e-9 }, "\(name)")
      for (frame, next) in zip(frames, frames.dropFirst()) {
        #expect(abs(next.time.seconds - frame.time.seconds - 0.04) < 1e-9)
      }
    }
  }

  @Test func `sound is cut together with the pictures and stays in step`() throws {
    var sample = SampleVideo(frames: 75)
    sample.tones = [SampleVideo.Tone()]
    let source = try sample.write(to: folder.file("a.mp4"))
    try copy(
      source, to: "b.mp4", { $0.origin = MediaTime(ticks: 1, denominator: 1) }, read: { ($0.start, $0.end) = (1, 2) })
    let frames = try VideoReader.frames(folder.file("b.mp4"))
    #expect(frames.count == 25)
    #expect(frames.first?.time.seconds == 0)
    let (before, after) = try (SoundProbe(source).streams[0], SoundProbe(folder.file("b.mp4")).streams[0])
    let expected = before.times.filter { $0 >= 1 && $0 < 2 }.map { $0 - 1 }
    #expect(after.times.count == expected.count)
    #expect(zip(after.times, expected).allSatisfy { abs($0 - $1) < 1e-3 })
  }

  @Test func `sound can be ended with the last picture`() throws {
    var sample = SampleVideo(frames: 75)
    sample.tones = [SampleVideo.Tone()]
    let source = try sample.write(to: folder.file("a.mp4"))
    var reading = VideoReaderOptions()
    reading.wantsPlanar = true
    reading.maxFrames = 25
    let reader = try VideoReader(source: source, options: reading)
    var options = VideoWriterOptions()
    options.sound = SoundSource(file: source)
    let writer = try VideoWriter(destination: folder.file("b.mp4"), format: reader.info.format, options: options)
    for frame in try reader.all() { try writer.write(#require(frame.planar), time: frame.time) }
    try writer.finish(soundEnd: MediaTime(ticks: 1, denominator: 1))
    #expect(try SoundProbe(folder.file("b.mp4")).streams[0].times.allSatisfy { $0 < 1.1 })
  }

  @Test func `two runs give the same bytes`() throws {
    var sample = SampleVideo(frames: 30)
    sample.tones = [SampleVideo.Tone(encoder: "pcm_s16le")]
    let source = try sample.write(to: folder.file("a.mkv"))
    for name in ["b.mp4", "c.mp4", "b.mkv", "c.mkv"] { try copy(source, to: name) }
    #expect(try Data(contentsOf: folder.file("b.mp4")) == Data(contentsOf: folder.file("c.mp4")))
    #expect(try Data(contentsOf: folder.file("b.mkv")) == Data(contentsOf: folder.file("c.mkv")))
  }

  @Test func `the index of an MP4 is in front`() throws {
    try copy(SampleVideo().write(to: folder.file("a.mp4")), to: "b.mp4")
    let data = try Data(contentsOf: folder.file("b.mp4"))
    let (index, media) = (data.range(of: Data("moov".utf8)), data.range(of: Data("mdat".utf8)))
    let places = try (#require(index).lowerBound, #require(media).lowerBound)
    #expect(places.0 < places.1)
  }
}
