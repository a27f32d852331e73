private import Files
package import Foundation
package import Imaging

/// Portable Network Graphics (RFC 2083), as far as tests need it: 8 bits a channel, not interlaced.
extension Image {
  package struct PNGFailure: Error {
    package let reason: String
  }

  /// Reads grey, RGB and RGBA files; alpha is dropped.
  package init(png url: URL) throws {
    let data = [UInt8](try Data(contentsOf: url))
    guard data.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), data.count > 33 else {
      throw PNGFailure(reason: "\(url.path) is not a PNG file")
    }
    let width = data.bigEndian(at: 16)
    let height = data.bigEndian(at: 20)
    guard data[24] == 8, data[28] == 0, let channels = [0: 1, 2: 3, 6: 4][data[25]] else {
      throw PNGFailure(reason: "\(url.path) is not 8-bit grey, RGB or RGBA without interlacing")
    }
    var compressed: [UInt8] = []
    var position = 8
    while position + 8 <= data.count {
      let length = data.bigEndian(at: position)
      if data[position + 4..<position + 8].elementsEqual("IDAT".utf8) {
        compressed += data[position + 8..<position + 8 + length]
      }
      position += length + 12
    }
    let raw = try Self.unfiltered(Inflate.decompress(zlib: compressed), stride: width * channels, pixel: channels)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height * 3)
    for index in 0..<width * height {
      for channel in 0..<3 { pixels.append(raw[index * channels + (channels == 1 ? 0 : channel)]) }
    }
    self.init(width: width, height: height, pixels: pixels)
  }

  private static func unfiltered(_ data: [UInt8], stride: Int, pixel: Int) -> [UInt8] {
    var previous = [UInt8](repeating: 0, count: stride)
    var result: [UInt8] = []
    result.reserveCapacity(data.count)
    for start in Swift.stride(from: 0, to: data.count, by: stride + 1) {
      var line = Array(data[start + 1..<start + 1 + stride])
      for index in 0..<stride {
        let left = index >= pixel ? Int(line[index - pixel]) : 0
        let up = Int(previous[index])
        let corner = index >= pixel ? Int(previous[index - pixel]) : 0
        let guess: Int
        switch data[start] {
        case 1: guess = left
        case 2: guess = up
        case 3: guess = (left + up) / 2
        case 4:
          let estimate = left + up - corner
          let distances = (abs(estimate - left), abs(estimate - up), abs(estimate - corner))
          guess =
            distances.0 <= distances.1 && distances.0 <= distances.2
            ? left : distances.1 <= distances.2 ? up : corner
        default: guess = 0
        }
        line[index] &+= UInt8(guess)
      }
      result += line
      previous = line
    }
    return result
  }

  /// The picture as a PNG file without compression.
  package func png() -> Data {
    var raw: [UInt8] = []
    for y in 0..<height {
      raw.append(0)
      raw += pixels[y * width * 3..<(y + 1) * width * 3]
    }
    var stream: [UInt8] = [0x78, 0x01]
    for start in stride(from: 0, to: raw.count, by: 65535) {
      let block = raw[start..<min(start + 65535, raw.count)]
      let size = UInt16(block.count)
      stream.append(start + block.count == raw.count ? 1 : 0)
      for value in [size, ~size] { stream += [UInt8(value & 255), UInt8(value >> 8)] }
      stream += block
    }
    var a: UInt32 = 1
    var b: UInt32 = 0
    for byte in raw {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    stream += (b << 16 | a).bigEndianBytes
    let header = UInt32(width).bigEndianBytes + UInt32(height).bigEndianBytes + [8, 2, 0, 0, 0]
    let chunks = [("IHDR", header), ("IDAT", stream), ("IEND", [])].flatMap(Self.chunk)
    return Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunks)
  }

  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + content
    var check: UInt32 = ~0
    for byte in body {
      check ^= UInt32(byte)
      for _ in 0..<8 { check = check & 1 == 1 ? check >> 1 ^ 0xEDB8_8320 : check >> 1 }
    }
    return UInt32(content.count).bigEndianBytes + body + (~check).bigEndianBytes
  }
}

extension [UInt8] {
  fileprivate func bigEndian(at index: Int) -> Int {
    self[index..<index + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}

extension UInt32 {
  fileprivate var bigEndianBytes: [UInt8] {
    [UInt8(self >> 24), UInt8(self >> 16 & 255), UInt8(self >> 8 & 255), UInt8(self & 255)]
  }
}
