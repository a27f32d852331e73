internal import Foundation
internal import Imaging
internal import Pose
internal import TestSupport
import Testing
private import Timing

@testable internal import Video

@Suite struct `Reading sources` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func image(_ shade: UInt8) -> Data {
    Image(width: 6, height: 4, pixels: [UInt8](repeating: shade, count: 72)).png()
  }

  @Test func `a directory of numbered images is read in natural order with gaps`() throws {
    for (name, shade) in [("10.png", 30), ("2.png", 20), ("000001.png", 10), (".hidden.png", 99)] as [(String, UInt8)] {
      try image(shade).write(to: folder.file(name))
    }
    try Data("notes".utf8).write(to: folder.file("notes.txt"))
    var options = VideoReaderOptions()
    options.imageFrameRate = Rational(30, 1)
    let reader = try VideoReader(source: folder.url, options: options)
    #expect(reader.info.kind == .imageSequence)
    #expect(reader.info.estimatedFrameCount == 3)
    let frames = try reader.all()
    #expect(frames.map(\.name) == ["000001.png", "2.png", "10.png"])
    #expect(frames.map(\.index) == [0, 1, 2])
    #expect(frames.map { $0.image.pixels[0] } == [10, 20, 30])
    #expect(frames.map(\.time.ticks) == [0, 1, 2])
    #expect(frames.allSatisfy { $0.time.denominator == 30 })
  }

  @Test func `a damaged image of a directory is counted and the others keep their index`() throws {
    try image(1).write(to: folder.file("1.png"))
    try image(2).prefix(40).write(to: folder.file("2.png"))
    try Data().write(to: folder.file("3.jpg"))
    try image(4).write(to: folder.file("4.png"))
    let reader = try VideoReader(source: folder.url)
    #expect(try reader.all().map(\.index) == [0, 3])
    #expect(reader.damage.lostPackets == 2)
    #expect(reader.damage.firstMessage?.contains("2.png") == true)
  }

  @Test(arguments: [
    "plain.png", "per%03dcent.png", "-dash.png", "a:b.png", "file:x.png", "é 空白 *?[1].png", "wrong.jpg",
  ])
  func `an image of any name is one frame`(name: String) throws {
    try image(77).write(to: folder.file(name))
    let reader = try VideoReader(source: folder.file(name))
    #expect(reader.info.kind == .image)
    #expect(try reader.all().map { $0.image.pixels[0] } == [77])
  }

  @Test(arguments: ["per%03dcent.mp4", "-dash.mp4", "a:b.mp4", "http:x.mp4", "é 空白 *?[1].mp4"])
  func `a video of any name is read`(name: String) throws {
    #expect(try VideoReader.frames(SampleVideo(frames: 3).write(to: folder.file(name))).count == 3)
  }

  @Test func `natural order compares numbers as numbers`() {
    let names = ["a10.png", "a9.png", "a09.png", "b1.png", "a.png", "10", "9", "99999999999999999999999", "1"]
    #expect(
      names.sorted(by: ImageFolder.precedesNaturally)
        == ["1", "9", "10", "99999999999999999999999", "a.png", "a09.png", "a9.png", "a10.png", "b1.png"])
  }

  @Test func `what a file says about itself is told`() throws {
    var sample = SampleVideo(width: 66, height: 50, frames: 12)
    sample.timeBase = (1001, 30000)
    sample.sampleAspectRatio = (8, 9)
    sample.tones = [SampleVideo.Tone(), SampleVideo.Tone(frequency: 880)]
    let info = try VideoReader(source: sample.write(to: folder.file("a.mp4"))).info
    #expect(info.kind == .video)
    #expect(info.size == "66x50")
    #expect(info.format.sampleAspectRatio == Rational(8, 9))
    #expect(info.format.frameRate == Rational(30000, 1001))
    #expect(info.codec == "h264")
    #expect(info.container == "mov,mp4,m4a,3gp,3g2,mj2")
    #expect(info.estimatedFrameCount == 12)
    #expect(info.audioStreamCount == 2)
    #expect(abs((info.duration?.seconds ?? 0) - 0.4004) < 1e-6)
  }

  @Test func `a stream that is no video is refused with the choices`() throws {
    var sample = SampleVideo()
    sample.tones = [SampleVideo.Tone()]
    let url = try sample.write(to: folder.file("a.mp4"))
    #expect(try VideoReader.frames(url) { $0.stream = 0 }.count == 10)
    let error = #expect(throws: VideoError.self) { try VideoReader.frames(url) { $0.stream = 1 } }
    #expect(error?.code == .noSuchStream)
    #expect(error?.message == "stream 1 is not a video stream; video streams are 0")
  }
}
