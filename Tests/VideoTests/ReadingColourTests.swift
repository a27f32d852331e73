internal import Foundation
internal import Imaging
internal import TestSupport
import Testing
internal import Video

@Suite struct `Reading colours` {
  static let bars: [(UInt8, UInt8, UInt8)] = [
    (255, 255, 255), (235, 235, 20), (20, 200, 200), (30, 180, 40), (190, 30, 190), (200, 30, 30), (30, 30, 200),
    (0, 0, 0),
  ]

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Eight vertical bars, 16 pixels each.
  private func bars(_ pixelFormat: String, height: Int = 32) -> SampleVideo {
    var sample = SampleVideo.lossless(width: 128, height: height, pixelFormat: pixelFormat)
    sample.colour = { _, x, _ in Self.bars[x / 16] }
    return sample
  }

  @Test(
    arguments: ["yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv444p12le", "yuva420p"],
    [SampleVideo.Matrix.bt601, .bt709, .bt2020])
  func `colour bars come out as the colours they were made of`(format: String, matrix: SampleVideo.Matrix) throws {
    for isFullRange in [false, true] {
      var sample = bars(format)
      sample.matrix = matrix
      sample.isFullRange = isFullRange
      let frame = try VideoReader.first(sample.write(to: folder.file("\(isFullRange).mkv")))
      for (index, colour) in Self.bars.enumerated() {
        let pixel = frame.image.pixel(index * 16 + 8, 16)
        #expect(pixel.distance(colour) <= 2, "bar \(index) is \(pixel), not \(colour), full range \(isFullRange)")
      }
    }
  }

  @Test(arguments: [("bgra", 0), ("gbrp10le", 1)])
  func `RGB is kept as it is`(format: String, tolerance: Int) throws {
    let frame = try VideoReader.first(bars(format).write(to: folder.file("a.mkv")))
    for (index, colour) in Self.bars.enumerated() {
      #expect(frame.image.pixel(index * 16 + 8, 16).distance(colour) <= tolerance)
    }
  }

  @Test func `grey is kept, in both forms`() throws {
    var sample = SampleVideo.lossless(width: 128, pixelFormat: "gray")
    sample.isFullRange = true
    sample.colour = { _, x, _ in (UInt8(x * 2), UInt8(x * 2), UInt8(x * 2)) }
    let frame = try VideoReader.first(sample.write(to: folder.file("a.mkv"))) { $0.wantsPlanar = true }
    let planar = try #require(frame.planar)
    for x in [0, 1, 64, 127] {
      #expect(frame.image.pixel(x, 10) == [x * 2, x * 2, x * 2])
      #expect(planar.luma[x, 10] == UInt8(x * 2))
    }
    #expect(planar.isFullRange)
    #expect(Set(planar.blueChroma.bytes + planar.redChroma.bytes) == [128])
  }

  @Test(arguments: [(64, 48, PlanarImage.Matrix.bt601), (1280, 720, .bt709), (720, 1280, .bt709), (854, 480, .bt601)])
  func `a matrix that is not stated follows from the size`(width: Int, height: Int, matrix: PlanarImage.Matrix) throws {
    var sample = SampleVideo(width: width, height: height, frames: 1)
    sample.encoder = "mpeg4"
    sample.encoderOptions = [:]
    sample.colour = { _, _, _ in (10, 20, 30) }
    let frames = try VideoReader.frames(sample.write(to: folder.file("a.mp4"))) { $0.wantsPlanar = true }
    #expect(frames.first?.planar?.matrix == matrix)
  }

  /// Widths on both sides of what vector code works on at a time, and odd heights, which take another path.
  @Test(arguments: [16, 24, 40, 56, 63, 65, 66, 71, 104, 127, 568], [30, 31])
  func `every pixel of a picture of any width is right`(width: Int, height: Int) throws {
    var sample = SampleVideo.lossless(width: width, height: height, pixelFormat: "yuv420p")
    sample.matrix = .bt601
    sample.colour = { _, x, y in Self.bars[(x / 8 + y / 8) % 7] }
    let frame = try VideoReader.first(sample.write(to: folder.file("a.mkv"))) { $0.wantsPlanar = true }
    #expect(frame.image.width == width && frame.image.height == height)
    // swscale stretches the chroma of an odd picture a little, by half a sample at its end.
    let clear = width % 2 == 0 && height % 2 == 0 ? 1..<7 : 3..<5
    for y in 0..<height {
      for x in 0..<width where clear.contains(x % 8) && clear.contains(y % 8) {
        let distance = frame.image.pixel(x, y).distance(Self.bars[(x / 8 + y / 8) % 7])
        if distance > 2 { Issue.record("pixel \(x), \(y) is off by \(distance)") }
      }
    }
    #expect(frame.planar?.blueChroma.width == (width + 1) / 2 && frame.planar?.blueChroma.height == (height + 1) / 2)
  }

  @Test(arguments: [true, false])
  func `planes of another range or matrix become those of the first picture`(isFullFirst: Bool) throws {
    var data = Data()
    for (isFullRange, matrix) in [(isFullFirst, SampleVideo.Matrix.bt601), (!isFullFirst, .bt709)] {
      var sample = SampleVideo(width: 128, height: 32, frames: 2)
      (sample.isFullRange, sample.matrix) = (isFullRange, matrix)
      sample.colour = { _, x, _ in Self.bars[x / 16] }
      data += try Data(contentsOf: sample.write(to: folder.file("part.ts")))
    }
    try data.write(to: folder.file("all.ts"))
    let frames = try VideoReader.frames(folder.file("all.ts")) { $0.wantsPlanar = true }
    #expect(frames.count == 4)
    for frame in frames {
      let planar = try #require(frame.planar)
      #expect(planar.isFullRange == isFullFirst && planar.matrix == .bt601)
      for (index, colour) in Self.bars.enumerated() {
        #expect(frame.image.pixel(index * 16 + 8, 16).distance(colour) <= 8)
      }
    }
  }

  @Test(arguments: [true, false])
  func `a folder of JPEG and PNG keeps the colours of both`(isJPEGFirst: Bool) throws {
    var jpeg = SampleVideo(width: 128, height: 32, frames: 1)
    jpeg.encoder = "mjpeg"
    (jpeg.encoderOptions, jpeg.pixelFormat, jpeg.isFullRange) = ([:], "yuvj420p", true)
    jpeg.colour = { _, x, _ in Self.bars[x / 16] }
    let png = Image(
      width: 128, height: 32,
      pixels: (0..<32).flatMap { _ in
        (0..<128).flatMap { [Self.bars[$0 / 16].0, Self.bars[$0 / 16].1, Self.bars[$0 / 16].2] }
      })
    let photos = try TemporaryFolder()
    let names = isJPEGFirst ? ("1.jpg", "2.png") : ("2.jpg", "1.png")
    try Data(contentsOf: jpeg.write(to: folder.file("a.mjpeg"))).write(to: photos.file(names.0))
    try png.png().write(to: photos.file(names.1))
    let frames = try VideoReader.frames(photos.url) { $0.wantsPlanar = true }
    #expect(frames.count == 2 && Set(frames.map { $0.planar?.isFullRange }) == [isJPEGFirst])
    for frame in frames {
      for (index, colour) in Self.bars.enumerated() {
        #expect(frame.image.pixel(index * 16 + 8, 16).distance(colour) <= 16, "\(frame.name ?? ""), bar \(index)")
      }
    }
  }

  @Test func `the planes of a 4-2-0 video are those decoded`() throws {
    var sample = SampleVideo.lossless(width: 66, height: 50, pixelFormat: "yuv420p")
    sample.isFullRange = true
    sample.matrix = .bt709
    let frame = try VideoReader.first(sample.write(to: folder.file("a.mkv"))) {
      $0.wantsPlanar = true
      $0.wantsPicture = false
    }
    let planar = try #require(frame.planar)
    // (200, 40, 30) and (120, 120, 120) in full-range BT.709.
    #expect((planar.luma[0, 0], planar.blueChroma[0, 0], planar.redChroma[0, 0]) == (73, 105, 208))
    #expect(planar.luma[65, 49] == 120 && planar.blueChroma[32, 24] == 128 && planar.redChroma[32, 24] == 128)
    #expect(planar.isFullRange && planar.matrix == .bt709)
    #expect(frame.picture.width == 0)
  }
}
