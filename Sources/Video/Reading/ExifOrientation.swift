internal import Foundation

/// How a photo is to be turned, by its Exif data (JEITA CP-3451): a small TIFF file, which JPEG keeps in a segment APP1, PNG in a
/// chunk eXIf, WebP in a chunk EXIF; a TIFF photo is one itself.
enum ExifOrientation {
  /// 1 to 8; 1, which is upright, where the file does not say.
  static func read(_ file: Data) -> Int {
    let bytes = Bytes(file)
    let place: Int? =
      if bytes.holds([0xFF, 0xD8], at: 0) {
        jpeg(bytes)
      } else if bytes.holds([0x89] + Array("PNG".utf8), at: 0) {
        png(bytes)
      } else if bytes.holds("RIFF", at: 0), bytes.holds("WEBP", at: 8) {
        webp(bytes)
      } else {
        0
      }
    return place.flatMap { orientation(bytes, from: $0) } ?? 1
  }

  private static func jpeg(_ bytes: Bytes) -> Int? {
    var place = 2
    // The picture itself begins with the marker SOS.
    while let marker = bytes.number(at: place, count: 2), marker > 0xFF00, marker != 0xFFDA,
      let length = bytes.number(at: place + 2, count: 2)
    {
      if marker == 0xFFE1, bytes.holds("Exif\0\0", at: place + 4) { return place + 10 }
      place += 2 + length
    }
    return nil
  }

  private static func png(_ bytes: Bytes) -> Int? {
    var place = 8
    while let length = bytes.number(at: place, count: 4) {
      if bytes.holds("eXIf", at: place + 4) { return place + 8 }
      place += 12 + length
    }
    return nil
  }

  private static func webp(_ bytes: Bytes) -> Int? {
    var place = 12
    while let length = bytes.number(at: place + 4, count: 4, isLittle: true) {
      if bytes.holds("EXIF", at: place) { return place + (bytes.holds("Exif\0\0", at: place + 8) ? 14 : 8) }
      place += 8 + length + length % 2
    }
    return nil
  }

  /// Tag 0x0112 of the first directory of the TIFF data that begins at `start` (TIFF 6.0, section 2).
  private static func orientation(_ bytes: Bytes, from start: Int) -> Int? {
    let isLittle = bytes.holds("II*\0", at: start)
    guard isLittle || bytes.holds("MM\0*", at: start),
      let offset = bytes.number(at: start + 4, count: 4, isLittle: isLittle),
      let entries = bytes.number(at: start + offset, count: 2, isLittle: isLittle)
    else { return nil }
    for entry in 0..<entries {
      let place = start + offset + 2 + 12 * entry
      guard let tag = bytes.number(at: place, count: 2, isLittle: isLittle) else { return nil }
      if tag == 0x0112 { return bytes.number(at: place + 8, count: 2, isLittle: isLittle) }
    }
    return nil
  }

  /// Bytes that may be asked for anywhere.
  private struct Bytes {
    let data: Data

    init(_ data: Data) { self.data = data }

    func number(at place: Int, count: Int, isLittle: Bool = false) -> Int? {
      guard place >= 0, place + count <= data.count else { return nil }
      let part = data[(data.startIndex + place)..<(data.startIndex + place + count)]
      return (isLittle ? Array(part.reversed()) : Array(part)).reduce(0) { $0 << 8 | Int($1) }
    }

    func holds(_ wanted: [UInt8], at place: Int) -> Bool {
      guard place >= 0, place + wanted.count <= data.count else { return false }
      return data[(data.startIndex + place)...].starts(with: wanted)
    }

    func holds(_ wanted: String, at place: Int) -> Bool { holds(Array(wanted.utf8), at: place) }
  }
}
