internal import Foundation
internal import Imaging
internal import TestSupport
import Testing
internal import Video

/// Photos as the pipelines see them that networks were trained and measured with.
@Suite struct `Photos as OpenCV decodes them` {
  /// Those that `Tools/check-parity` has decoded, the reference's own where there are none; transforms round differently.
  @Test(arguments: [
    "coco_000000000785", "coco_000000040083", "coco_000000197388", "aic_054d9ce9", "ochuman_003896", "posetrack_009473",
  ])
  func `hardly a pixel of a JPEG photo is another than libjpeg's`(name: String) throws {
    let file = try SharedFiles.file("reference/preprocess/images/\(name).jpg")
    let expected = try Image(png: SharedFiles.decodedPhoto(name))
    let found = try VideoReader.first(file).image
    #expect(found.size == expected.size)
    let differences = zip(found.pixels, expected.pixels).map { abs(Int($0) - Int($1)) }
    #expect(differences.max() ?? 0 <= 4)
    #expect(Double(differences.reduce(0, +)) < 0.06 * Double(differences.count))
  }

  /// A ramp of chroma has no steps of two pixels.
  @Test(arguments: [(2, 2), (2, 1), (1, 2), (1, 1)])
  func `chroma lies between its samples`(columns: Int, rows: Int) {
    let (width, height) = (16, 16)
    let (wide, high) = (width / columns, height / rows)
    let ramp = (0..<high).flatMap { y in (0..<wide).map { x in UInt8(64 + x * columns * 4 + y * rows * 4) } }
    let flat = Plane(width: wide, height: high, level: 128)
    let image = Image(
      .init(
        luma: Plane(width: width, height: height, level: 100), blueChroma: flat,
        redChroma: Plane(width: wide, height: high, bytes: ramp)))
    for y in 2..<height - 2 {
      for x in 2..<width - 3 {
        let step = image.pixel(x + 1, y)[0] - image.pixel(x, y)[0]
        #expect((4...8).contains(step), "\(columns)×\(rows) at \(x), \(y): \(step)")
      }
    }
  }

  @Test func `the smallest photos have one colour a sample`() {
    for (width, height) in [(1, 1), (2, 1), (3, 3), (4, 2)] {
      let chroma = Plane(width: (width + 1) / 2, height: (height + 1) / 2, level: 200)
      let image = Image(
        .init(luma: Plane(width: width, height: height, level: 50), blueChroma: chroma, redChroma: chroma))
      #expect(Set((0..<width).flatMap { x in (0..<height).map { image.pixel(x, $0) } }) == [[151, 0, 178]])
    }
  }
}
