internal import Foundation
internal import Imaging
internal import Testing
internal import Video

extension VideoReader {
  /// Every frame that is left.
  func all() throws -> [Frame] {
    var frames: [Frame] = []
    while let frame = try next() { frames.append(frame) }
    return frames
  }

  static func frames(_ url: URL, _ configure: (inout VideoReaderOptions) -> Void = { _ in }) throws -> [Frame] {
    var options = VideoReaderOptions()
    configure(&options)
    return try VideoReader(source: url, options: options).all()
  }

  static func first(_ url: URL, _ configure: (inout VideoReaderOptions) -> Void = { _ in }) throws -> Frame {
    let frame = try frames(url, configure).first
    return try #require(frame)
  }
}

extension VideoInfo {
  var size: String { "\(width)x\(height)" }
}

extension Frame {
  var image: Image { picture.image }
}

extension PlanarImage {
  var size: String { "\(width)x\(height)" }
}

extension Image {
  var size: String { "\(width)x\(height)" }

  func pixel(_ x: Int, _ y: Int) -> [Int] { (0..<3).map { Int(pixels[(y * width + x) * 3 + $0]) } }
}

extension [Int] {
  /// The largest difference of two colours in any channel.
  func distance(_ other: (UInt8, UInt8, UInt8)) -> Int {
    let other = [Int(other.0), Int(other.1), Int(other.2)]
    return zip(self, other).map { abs($0 - $1) }.max() ?? 0
  }
}
