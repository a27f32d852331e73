internal import Imaging
import Testing

@Suite struct `Colour conversion` {
  /// Levels of white, red and blue from the equations of the recommendations.
  @Test(
    arguments: [
      (PlanarImage.Matrix.bt601, false, [235, 128, 128], [81, 90, 240], [41, 240, 110]),
      (.bt709, false, [235, 128, 128], [63, 102, 240], [32, 240, 118]),
      (.bt2020, false, [235, 128, 128], [74, 97, 240], [29, 240, 119]),
      (.bt601, true, [255, 128, 128], [76, 85, 255], [29, 255, 107]),
    ] as [(PlanarImage.Matrix, Bool, [UInt8], [UInt8], [UInt8])])
  func `Colours have the levels of their standard`(
    matrix: PlanarImage.Matrix, isFullRange: Bool, white: [UInt8], red: [UInt8], blue: [UInt8]
  ) {
    for (colour, expected) in [([255, 255, 255], white), ([255, 0, 0], red), ([0, 0, 255], blue)]
      as [([UInt8], [UInt8])]
    {
      let pixel = PlanarImage(Image(width: 1, height: 1, pixels: colour), matrix: matrix, isFullRange: isFullRange)
      #expect([pixel.luma[0, 0], pixel.blueChroma[0, 0], pixel.redChroma[0, 0]] == expected)
    }
  }

  @Test(arguments: [PlanarImage.Matrix.bt601, .bt709, .bt2020], [false, true])
  func `Fields of one colour come back from planes as they were`(matrix: PlanarImage.Matrix, isFullRange: Bool) {
    for seed in 0..<50 {
      let colour = [UInt8(seed * 37 % 256), UInt8(seed * 91 % 256), UInt8(seed * 151 % 256)]
      let field = Image(width: 5, height: 3, pixels: (0..<15).flatMap { _ in colour })
      let back = PlanarImage(field, matrix: matrix, isFullRange: isFullRange).image
      #expect(zip(back.pixels, field.pixels).allSatisfy { abs(Int($0) - Int($1)) <= 2 })
    }
  }

  @Test func `Odd sizes have a sample of chroma for their last column and row`() {
    let planes = PlanarImage(Image(width: 5, height: 3))
    #expect([planes.blueChroma, planes.redChroma].allSatisfy { $0.width == 3 && $0.height == 2 })
  }
}
