internal import Foundation
internal import Imaging
internal import TestSupport
import Testing
internal import Video

/// Photos of every format that keeps an orientation, turned in every way.
@Suite struct `Photos that are turned` {
  enum Format: String, CaseIterable { case jpg, png, webp, tiff }

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let corners: [[(UInt8, UInt8, UInt8)]] = [
    [(200, 40, 30), (30, 160, 60)], [(20, 60, 190), (120, 120, 120)],
  ]

  /// Which stored corner is seen in the corner at column `x` and row `y`, by the definition of the values.
  private static func stored(_ value: Int, _ x: Int, _ y: Int) -> (x: Int, y: Int) {
    switch value {
    case 2: (1 - x, y)
    case 3: (1 - x, 1 - y)
    case 4: (x, 1 - y)
    case 5: (y, x)
    case 6: (y, 1 - x)
    case 7: (1 - y, 1 - x)
    case 8: (1 - y, x)
    default: (x, y)
    }
  }

  @Test(arguments: Format.allCases, Array(0...9))
  func `a photo stands upright`(format: Format, value: Int) throws {
    for isLittle in [true, false] {
      let file = folder.file("a.\(format.rawValue)")
      try photo(format, value, isLittle).write(to: file)
      let frame = try VideoReader.first(file) { $0.wantsPlanar = true }
      let (width, height) = (5...8).contains(value) ? (48, 64) : (64, 48)
      #expect(frame.image.size == "\(width)x\(height)" && frame.planar?.size == "\(width)x\(height)")
      for (x, y) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
        let place = Self.stored(value, x, y)
        let pixel = frame.image.pixel(x == 0 ? 2 : width - 3, y == 0 ? 2 : height - 3)
        #expect(pixel.distance(Self.corners[place.y][place.x]) <= 30, "corner \(x), \(y) is \(pixel)")
      }
    }
  }

  private func photo(_ format: Format, _ value: Int, _ isLittle: Bool) throws -> Data {
    let exif = Self.tiff([(0x0112, 3, value)], isLittle)
    var data = Data()
    switch format {
    case .jpg:
      let plain = try encoded("mjpeg", "yuvj420p", "plain.mjpeg")
      data += plain.prefix(2)
      data += [0xFF, 0xE1] + Self.bytes(exif.count + 8, 2, false)
      data += Array("Exif\0\0".utf8) + exif
      data += plain.dropFirst(2)
    case .png:
      let plain = image.png()
      data += plain.prefix(33)
      data += Self.bytes(exif.count, 4, false) + Array("eXIf".utf8)
      data += exif + [0, 0, 0, 0]
      data += plain.dropFirst(33)
    case .webp:
      // As some programs have it, with the name that JPEG needs.
      let content = isLittle ? exif : Array("Exif\0\0".utf8) + exif
      data += Array("WEBPVP8X".utf8) + Self.bytes(10, 4, true)
      data += [8, 0, 0, 0, 63, 0, 0, 47, 0, 0]
      data += try encoded("libwebp", "yuv420p", "plain.webp").dropFirst(12)
      data += Array("EXIF".utf8) + Self.bytes(content.count, 4, true)
      data += content
      data = Data(Array("RIFF".utf8) + Self.bytes(data.count, 4, true)) + data
    case .tiff:
      let fields = [
        (0x0100, 3, 64), (0x0101, 3, 48), (0x0102, 3, 8), (0x0103, 3, 1), (0x0106, 3, 2), (0x0111, 4, 134),
        (0x0112, 3, value),
        (0x0115, 3, 3), (0x0116, 3, 48), (0x0117, 4, 64 * 48 * 3),
      ]
      data += Self.tiff(fields, isLittle)
      data += image.pixels
    }
    return data
  }

  /// One directory of whole numbers, 2 (kind 3) or 4 bytes long.
  private static func tiff(_ fields: [(tag: Int, kind: Int, value: Int)], _ isLittle: Bool) -> [UInt8] {
    var all = Array((isLittle ? "II" : "MM").utf8)
    all += bytes(42, 2, isLittle)
    all += bytes(8, 4, isLittle)
    all += bytes(fields.count, 2, isLittle)
    for field in fields {
      all += bytes(field.tag, 2, isLittle)
      all += bytes(field.kind, 2, isLittle)
      all += bytes(1, 4, isLittle)
      all += field.kind == 3 ? bytes(field.value, 2, isLittle) + [0, 0] : bytes(field.value, 4, isLittle)
    }
    return all + [0, 0, 0, 0]
  }

  private static func bytes(_ value: Int, _ count: Int, _ isLittle: Bool) -> [UInt8] {
    let little = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return isLittle ? little : little.reversed()
  }

  private var image: Image {
    Image(
      width: 64, height: 48,
      pixels: (0..<48).flatMap { y in
        (0..<64).flatMap { x in
          let colour = Self.corners[y / 24][x / 32]
          return [colour.0, colour.1, colour.2]
        }
      })
  }

  private func encoded(_ encoder: String, _ pixelFormat: String, _ name: String) throws -> Data {
    var sample = SampleVideo(width: 64, height: 48, frames: 1)
    (sample.encoder, sample.encoderOptions, sample.pixelFormat) = (encoder, [:], pixelFormat)
    sample.isFullRange = encoder == "mjpeg"
    sample.colour = { _, x, y in Self.corners[y / 24][x / 32] }
    return try Data(contentsOf: sample.write(to: folder.file(name)))
  }
}
