private import Files
internal import Foundation

/// The images of a directory in natural order: `2.jpg` before `10.jpg`. Gaps in the numbers are fine.
enum ImageFolder {
  static func images(_ folder: URL) throws(VideoError) -> [URL] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
    } catch {
      throw VideoError(
        .unreadable, file: folder, "the directory can't be listed; check the access rights",
        cause: SystemError.reason(of: error))
    }
    let images = names.filter { name in
      !name.hasPrefix(".") && StillImageFormat.extensions.contains((name as NSString).pathExtension.lowercased())
    }
    guard !images.isEmpty else {
      throw VideoError(
        .noImages, file: folder, "no images in the directory; give a video file or a directory of numbered jpg or png")
    }
    return images.sorted(by: precedesNaturally).map { folder.appending(path: $0, directoryHint: .notDirectory) }
  }

  /// Runs of digits compare as numbers, everything else byte by byte.
  static func precedesNaturally(_ first: String, _ second: String) -> Bool {
    var left = Array(first.utf8)[...]
    var right = Array(second.utf8)[...]
    while let a = left.first, let b = right.first {
      if isDigit(a) && isDigit(b) {
        let (x, y) = (takeNumber(&left), takeNumber(&right))
        if x.count != y.count { return x.count < y.count }
        if !x.elementsEqual(y) { return x.lexicographicallyPrecedes(y) }
      } else {
        if a != b { return a < b }
        left.removeFirst()
        right.removeFirst()
      }
    }
    if left.isEmpty != right.isEmpty { return left.isEmpty }
    return first.utf8.lexicographicallyPrecedes(second.utf8)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  /// The digits at the front without leading zeros.
  private static func takeNumber(_ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = bytes.prefix(while: isDigit)
    bytes = bytes.dropFirst(digits.count)
    return digits.drop { $0 == UInt8(ascii: "0") }
  }
}
