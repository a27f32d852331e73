internal import Foundation
internal import Imaging
internal import TestSupport
import Testing
private import Timing

@testable internal import Video

@Suite struct `Reading shapes` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let corners: [(UInt8, UInt8, UInt8)] = [(200, 40, 30), (30, 160, 60), (20, 60, 190), (120, 120, 120)]

  /// The four colours of the sample at top left, top right, bottom left and bottom right, after clockwise turns.
  @Test(arguments: [(0, [0, 1, 2, 3]), (1, [2, 0, 3, 1]), (2, [3, 2, 1, 0]), (3, [1, 3, 0, 2])])
  func `a rotated video is read upright in both forms`(turns: Int, expected: [Int]) throws {
    var sample = SampleVideo(width: 64, height: 48, frames: 1)
    sample.quarterTurns = turns
    sample.matrix = .bt601
    sample.sampleAspectRatio = (4, 3)
    var options = VideoReaderOptions()
    options.wantsPlanar = true
    let reader = try VideoReader(source: sample.write(to: folder.file("a.mp4")), options: options)
    let frame = try #require(try reader.next())
    let (width, height) = turns % 2 == 0 ? (64, 48) : (48, 64)
    #expect(reader.info.size == "\(width)x\(height)")
    #expect(frame.image.size == "\(width)x\(height)")
    #expect(reader.info.format.sampleAspectRatio == (turns % 2 == 0 ? Rational(4, 3) : Rational(3, 4)))
    let places = [(1, 1), (width - 2, 1), (1, height - 2), (width - 2, height - 2)]
    for (place, corner) in zip(places, expected) {
      #expect(frame.image.pixel(place.0, place.1).distance(Self.corners[corner]) <= 6)
    }
    let planar = try #require(frame.planar)
    #expect(planar.size == "\(width)x\(height)")
    let grey = places[expected.firstIndex(of: 3) ?? 0]
    #expect(abs(Int(planar.luma[grey.0, grey.1]) - 119) <= 3)
    let red = places[expected.firstIndex(of: 0) ?? 0]
    #expect(planar.redChroma[red.0 / 2, red.1 / 2] > 190)
  }

  @Test func `a display matrix is taken apart into a swap and mirrors`() {
    #expect(Orientation(displayMatrix: [65536, 0, 0, 0, 65536, 0, 0, 0, 1 << 30]) == .upright)
    var mirrored = Orientation.upright
    mirrored.mirrorsX = true
    #expect(Orientation(displayMatrix: [-65536, 0, 0, 0, 65536, 0, 0, 0, 1 << 30]) == mirrored)
    #expect(Orientation(displayMatrix: [0, 0, 0, 0, 0, 0, 0, 0, 0]) == .upright)
    #expect(Orientation(displayMatrix: [1, 2]) == .upright)
    #expect(Orientation(displayMatrix: Array(repeating: .min, count: 9)).mirrorsX)
  }

  @Test(arguments: ["yuvj420p", "yuvj422p", "yuvj444p"])
  func `a picture of another shape gets bars and is not stretched`(format: String) throws {
    var data = Data()
    for (index, size) in [(128, 64), (64, 128)].enumerated() {
      var sample = SampleVideo(width: size.0, height: size.1, frames: 1)
      sample.encoder = "mjpeg"
      sample.encoderOptions = [:]
      sample.pixelFormat = format
      sample.isFullRange = true
      sample.colour = { _, _, _ in (200, 40, 30) }
      data += try Data(contentsOf: sample.write(to: folder.file("\(index).mjpeg")))
    }
    try data.write(to: folder.file("all.mjpeg"))
    let frames = try VideoReader.frames(folder.file("all.mjpeg")) { $0.wantsPlanar = true }
    let tall = try #require(frames.last)
    #expect(tall.image.size == "128x64" && tall.planar?.size == "128x64")
    // 64 × 128 in 128 × 64 is 32 wide, in the middle.
    for x in [2, 40, 88, 125] { #expect(tall.image.pixel(x, 32).distance((0, 0, 0)) <= 12, "\(x)") }
    for x in [54, 64, 74] { #expect(tall.image.pixel(x, 32).distance((200, 40, 30)) <= 12, "\(x)") }
    let luma = try #require(tall.planar).luma
    #expect(luma[4, 32] <= 4 && luma[64, 32] > 60)
  }

  @Test(arguments: [false, true])
  func `photos keep their own pixels, and are fitted into the first one's size to be drawn on`(isJPEG: Bool) throws {
    let photos = try TemporaryFolder()
    for (number, size) in [(1, (128, 64)), (2, (64, 128)), (3, (256, 128))] {
      let red: @Sendable (Int, Int) -> Bool = { x, y in x >= size.0 / 2 && y >= size.1 / 2 }
      if isJPEG {
        var sample = SampleVideo(width: size.0, height: size.1, frames: 1)
        (sample.encoder, sample.encoderOptions, sample.pixelFormat, sample.isFullRange) = (
          "mjpeg", [:], "yuvj420p", true
        )
        sample.colour = { _, x, y in red(x, y) ? (200, 40, 30) : (120, 120, 120) }
        let file = try sample.write(to: folder.file("one.mjpeg"))
        try Data(contentsOf: file).write(to: photos.file("\(number).jpg"))
      } else {
        let pixels: [UInt8] = (0..<size.0 * size.1).flatMap {
          red($0 % size.0, $0 / size.0) ? [200, 40, 30] : [120, 120, 120]
        }
        try Image(width: size.0, height: size.1, pixels: pixels).png().write(to: photos.file("\(number).png"))
      }
    }
    var options = VideoReaderOptions()
    options.wantsPlanar = true
    let reader = try VideoReader(source: photos.url, options: options)
    let frames = try reader.all()
    #expect(frames.map { "\($0.width)x\($0.height)" } == ["128x64", "64x128", "256x128"])
    #expect(frames.allSatisfy { $0.planar?.size == "128x64" })
    #expect(frames[0].placement == nil)
    // 64 × 128 in 128 × 64 is 32 wide, with bars of 96 stored pixels left and right.
    #expect(frames[1].placement == Placement(scaleX: 0.5, scaleY: 0.5, left: 48, top: 0))
    #expect(frames[2].placement == Placement(scaleX: 0.5, scaleY: 0.5, left: 0, top: 0))
    for frame in frames {
      let (width, height) = (frame.width, frame.height)
      #expect(frame.image.size == "\(width)x\(height)")
      #expect(frame.image.pixel(width / 2 - 10, height / 2 + 10).distance((120, 120, 120)) <= 12)
      #expect(frame.image.pixel(width / 2 + 10, height / 2 + 10).distance((200, 40, 30)) <= 12)
    }
    #expect(reader.warnings.count == 1)
    #expect(reader.warnings.first?.contains("the pictures have several sizes") == true)
  }

  @Test(arguments: [
    (false, false, false, 10.0, 20.0), (false, true, false, 70, 20), (false, false, true, 10, 70),
    (true, false, false, 20, 10), (true, true, false, 70, 10),
  ])
  func `a turned picture lies where its bars leave it`(
    transposes: Bool, mirrorsX: Bool, mirrorsY: Bool, left: Double, top: Double
  ) {
    var orientation = Orientation()
    (orientation.transposes, orientation.mirrorsX, orientation.mirrorsY) = (transposes, mirrorsX, mirrorsY)
    let upright = orientation.size(width: 120, height: 140)
    let place = Placement(
      (left: 10, top: 20, width: 40, height: 50), in: (120, 140), orientation, width: upright.width,
      height: upright.height)
    #expect(place == Placement(scaleX: 1, scaleY: 1, left: left, top: top))
  }

  @Test func `pixels of another shape are fitted into the first shape and said`() throws {
    var data = Data()
    for ratio in [(Int32(1), Int32(1)), (2, 1)] {
      var sample = SampleVideo(width: 96, height: 96, frames: 5)
      sample.sampleAspectRatio = ratio
      sample.colour = { _, _, _ in (200, 40, 30) }
      data += try Data(contentsOf: sample.write(to: folder.file("part.ts")))
    }
    try data.write(to: folder.file("all.ts"))
    let reader = try VideoReader(source: folder.file("all.ts"))
    let frames = try reader.all()
    #expect(frames.count == 10)
    // Twice as wide as it is high, in a square: bars above and below.
    let (first, last) = try (#require(frames.first).image, #require(frames.last).image)
    #expect(first.pixel(48, 4).distance((200, 40, 30)) <= 12)
    #expect(last.pixel(48, 4).distance((0, 0, 0)) <= 12 && last.pixel(48, 48).distance((200, 40, 30)) <= 12)
    #expect(reader.warnings.contains { $0.contains("from frame 5 on the shape of the pixels changes from 1:1 to 2:1") })
  }

  @Test func `frames of another size are scaled to the first one with one warning`() throws {
    var data = Data()
    for (index, size) in [(64, 48), (64, 48), (32, 24), (128, 96)].enumerated() {
      var sample = SampleVideo(width: size.0, height: size.1, frames: 1)
      sample.encoder = "mjpeg"
      sample.encoderOptions = [:]
      sample.pixelFormat = "yuvj420p"
      sample.isFullRange = true
      data += try Data(contentsOf: sample.write(to: folder.file("\(index).mjpeg")))
    }
    let url = folder.file("all.mjpeg")
    try data.write(to: url)
    var options = VideoReaderOptions()
    options.wantsPlanar = true
    let reader = try VideoReader(source: url, options: options)
    let frames = try reader.all()
    #expect(frames.count == 4)
    for frame in frames {
      #expect(frame.image.width == 64 && frame.image.height == 48)
      #expect(frame.planar?.width == 64 && frame.planar?.height == 48)
      #expect(frame.image.pixel(2, 2).distance((200, 40, 30)) <= 12)
    }
    #expect(reader.warnings.count == 1)
    #expect(reader.warnings.first?.contains("from frame 2 on the size changes from 64x48 to 32x24") == true)
  }
}
