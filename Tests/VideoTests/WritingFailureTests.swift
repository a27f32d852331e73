internal import Foundation
internal import Imaging
internal import Pose
internal import TestSupport
import Testing
private import Timing
internal import Video

@Suite struct `Failing to write` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private let format = PictureFormat(width: 16, height: 16, timeBase: Rational(1, 25))

  private func picture(width: Int = 16) -> PlanarImage {
    PlanarImage(
      matrix: .bt601, isFullRange: false, luma: Plane(width: width, height: 16, level: 90),
      blueChroma: Plane(width: (width + 1) / 2, height: 8, level: 128),
      redChroma: Plane(width: (width + 1) / 2, height: 8, level: 128))
  }

  private func error(_ name: String, _ configure: (inout VideoWriterOptions) -> Void = { _ in }) -> VideoError? {
    var options = VideoWriterOptions()
    configure(&options)
    do throws(VideoError) {
      _ = try VideoWriter(destination: folder.file(name), format: format, options: options)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a file appears only when it is whole`() throws {
    let writer = try VideoWriter(destination: folder.file("a.mp4"), format: format)
    for tick in 0..<Int64(10) { try writer.write(picture(), time: MediaTime(ticks: tick, denominator: 25)) }
    #expect(!folder.contents.contains("a.mp4"))
    #expect(folder.contents.count == 1)
    try writer.finish()
    #expect(folder.contents == ["a.mp4"])
    #expect(try VideoReader.frames(folder.file("a.mp4")).count == 10)
  }

  @Test func `cancelling or letting go leaves nothing behind`() throws {
    var writer: VideoWriter? = try VideoWriter(destination: folder.file("a.mp4"), format: format)
    try writer?.write(picture(), time: MediaTime(ticks: 0, denominator: 25))
    writer?.cancel()
    #expect(folder.contents.isEmpty)
    #expect(throws: VideoError.self) { try writer?.finish() }
    writer = try VideoWriter(destination: folder.file("b.mp4"), format: format)
    #expect(folder.contents.count == 1)
    writer = nil
    #expect(folder.contents.isEmpty)
  }

  /// libsvtav1 1.4.1 never ends where it is given up before its first picture.
  @Test(
    .timeLimit(.minutes(5)),
    arguments: [
      "libx264", "libx265", "libsvtav1", "libaom-av1", "librav1e", "libvpx", "libvpx-vp9", "libtheora", "libxvid",
      "mpeg4",
      "mpeg2video", "mjpeg", "ffv1", "huffyuv", "prores_ks", "dnxhd",
    ])
  func `every encoder may be given up before its first picture`(encoder: String) throws {
    var options = VideoWriterOptions()
    options.encoder = encoder
    let format = PictureFormat(width: 64, height: 64, timeBase: Rational(1, 25))
    for name in ["a.mkv", "a.webm"] {
      let destination = folder.file(name)
      do throws(VideoError) {
        try VideoWriter.check(destination: destination, format: format, options: options)
        try VideoWriter(destination: destination, format: format, options: options).cancel()
      } catch {
        #expect([.unknownEncoder, .badOption, .encodingFailed].contains(error.code), "\(error)")
      }
    }
    #expect(folder.contents.isEmpty)
  }

  @Test func `an existing file is kept unless it may be replaced`() throws {
    try Data("mine".utf8).write(to: folder.file("a.mp4"))
    #expect(error("a.mp4")?.code == .exists)
    var options = VideoWriterOptions()
    options.overwrites = true
    let writer = try VideoWriter(destination: folder.file("a.mp4"), format: format, options: options)
    try writer.write(picture(), time: MediaTime(ticks: 0, denominator: 25))
    #expect(try Data(contentsOf: folder.file("a.mp4")) == Data("mine".utf8))
    try writer.finish()
    #expect(try VideoReader.frames(folder.file("a.mp4")).count == 1)
  }

  @Test func `what can't be written is refused up front with the way out`() throws {
    #expect(error("missing/a.mp4")?.code == .unwritable)
    #expect(error("missing/a.mp4")?.message.contains("does not exist") == true)
    try Data().write(to: folder.file("file"))
    #expect(error("file/a.mp4")?.code == .unwritable)
    #expect(error("a.gif")?.code == .unknownContainer)
    let encoder = error("a.mp4") { $0.encoder = "nonsense" }
    #expect(encoder?.code == .unknownEncoder)
    #expect(encoder?.message.contains("libx264") == true)
    #expect(error("a.mp4") { $0.encoder = "aac" }?.code == .unknownEncoder)
    #expect(error("a.mp4") { $0.encoder = "ffv1" }?.code == .unknownEncoder)
    #expect(error("a.webm")?.code == .unknownEncoder)
    #expect(error("a.mp4") { $0.preset = "warp" } != nil)
    #expect(error("a.mp4") { $0.quality = 1000 }?.code == .badOption)
    #expect(folder.contents == ["file"])
  }

  @Test func `a picture of another size is refused and the file with it`() throws {
    let writer = try VideoWriter(destination: folder.file("a.mp4"), format: format)
    let error = #expect(throws: VideoError.self) {
      try writer.write(picture(width: 18), time: MediaTime(ticks: 0, denominator: 25))
    }
    #expect(error?.code == .pictureMismatch)
    writer.cancel()
    #expect(folder.contents.isEmpty)
  }

  @Test func `a long or odd name is fine`() throws {
    for name in [String(repeating: "n", count: 250) + ".mp4", "é 空白 %03d:*?.mp4", "-dash.mp4"] {
      let writer = try VideoWriter(destination: folder.file(name), format: format)
      try writer.write(picture(), time: MediaTime(ticks: 0, denominator: 25))
      try writer.finish()
      #expect(folder.contents.contains(name))
    }
  }

  @Test func `sound that can't be found is noted and the pictures are written`() throws {
    var options = VideoWriterOptions()
    options.sound = SoundSource(file: folder.file("missing.mp4"))
    let writer = try VideoWriter(destination: folder.file("a.mp4"), format: format, options: options)
    try writer.write(picture(), time: MediaTime(ticks: 0, denominator: 25))
    try writer.finish()
    #expect(writer.notes.count == 1)
    #expect(folder.contents == ["a.mp4"])
  }
}
