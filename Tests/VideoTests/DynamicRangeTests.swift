internal import Foundation
internal import Imaging
internal import TestSupport
import Testing
internal import Video

@Suite struct `High dynamic range` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Sixteen greys; where the code of the white of a page lies is told by ITU-R BT.2408.
  @Test(arguments: [("smpte2084", 0.58), ("arib-std-b67", 0.75)])
  func `pictures become those of an ordinary screen`(transfer: String, white: Double) throws {
    var sample = SampleVideo(width: 256, height: 64, frames: 3)
    sample.pixelFormat = "yuv420p10le"
    sample.matrix = .bt2020
    sample.encoderOptions["x264-params"] = "colorprim=bt2020:transfer=\(transfer)"
    sample.colour = { _, x, _ in
      let level = UInt8(x / 16 * 17)
      return (level, level, level)
    }
    let url = try sample.write(to: folder.file("a.mkv"))
    var options = VideoReaderOptions()
    options.wantsPlanar = true
    let reader = try VideoReader(source: url, options: options)
    let tags = reader.info.format.colour
    #expect(tags.primaries == 1 && tags.transfer == 1 && tags.matrix == 1 && !tags.isFullRange)
    let frames = try reader.all()
    #expect(frames.count == 3)
    #expect(reader.warnings.count == 1 && reader.warnings.first?.contains("BT.709") == true)
    let planar = try #require(frames.last?.planar)
    let levels = (0..<16).map { Int(planar.luma[$0 * 16 + 8, 32]) }
    #expect(levels == levels.sorted() && abs(levels[0] - 16) <= 1 && (200...241).contains(levels[15]), "\(levels)")
    let place = Int((white * 15).rounded())
    #expect((175...225).contains(levels[place]), "\(levels)")
    #expect(abs(Int(planar.blueChroma[64, 16]) - 128) <= 2)
  }

  @Test func `the same colours without a high range are left as they are`() throws {
    var sample = SampleVideo(width: 64, height: 48, frames: 2)
    sample.matrix = .bt2020
    let reader = try VideoReader(source: sample.write(to: folder.file("a.mkv")))
    #expect(reader.warnings.isEmpty && reader.info.format.colour.matrix == 9)
  }
}
