internal import Imaging
internal import Pose
import Testing

@Suite struct `Drawing on a canvas` {
  /// Smooth in every direction, so that subsampled chroma loses little.
  private func scene(width: Int = 91, height: Int = 65) -> Image {
    Image(
      width: width, height: height,
      pixels: (0..<width * height).flatMap { index in
        [UInt8(40 + index % width), UInt8(60 + index / width), 128]
      })
  }

  private func drawing(width: Int = 91, height: Int = 65) -> CoverageMask {
    var mask = CoverageMask(width: width, height: height)
    mask.add(.line(from: Point(x: 12, y: 14), to: Point(x: 100, y: 70), width: 7))
    mask.add(.frame(Box(x: -4, y: 5.3, width: 50, height: 40), cornerRadius: 8, width: 3))
    Lettering("Id 3", capHeight: 15).add(to: &mask, at: Point(x: 50, y: 4))
    return mask
  }

  @Test(arguments: [PlanarImage.Matrix.bt601, .bt709, .bt2020], [false, true])
  func `Drawing on planes and on RGB gives the same picture`(matrix: PlanarImage.Matrix, isFullRange: Bool) {
    let mask = drawing()
    let colour = Colour(255, 128, 0, opacity: 0.8)
    var image = scene()
    var planes = PlanarImage(image, matrix: matrix, isFullRange: isFullRange)
    image.fill(mask, with: colour)
    planes.fill(mask, with: colour)
    let expected = PlanarImage(image, matrix: matrix, isFullRange: isFullRange)
    #expect(zip(planes.luma.bytes, expected.luma.bytes).allSatisfy { abs(Int($0) - Int($1)) <= 2 })
    #expect(zip(planes.blueChroma.bytes, expected.blueChroma.bytes).allSatisfy { abs(Int($0) - Int($1)) <= 4 })
    #expect(zip(planes.redChroma.bytes, expected.redChroma.bytes).allSatisfy { abs(Int($0) - Int($1)) <= 4 })
  }

  @Test func `Pixels that are not covered keep every bit`() {
    let mask = drawing()
    let before = scene()
    var image = before
    image.fill(mask, with: .white)
    let planesBefore = PlanarImage(before)
    var planes = planesBefore
    planes.fill(mask, with: .white)
    for y in 0..<65 {
      for x in 0..<91 {
        let index = y * 91 + x
        let isSame = planes.luma[x, y] == planesBefore.luma[x, y]
        #expect(mask[x, y] != 0 || isSame)
        #expect(mask[x, y] != 0 || image.pixels[index * 3..<index * 3 + 3] == before.pixels[index * 3..<index * 3 + 3])
      }
    }
    #expect(planes != planesBefore)
  }

  @Test func `Full coverage gives the colour itself, none at all leaves the picture`() {
    var image = scene()
    image.draw(.rectangle(Box(x: 9.5, y: 9.5, width: 10, height: 10), cornerRadius: 0), colour: Colour(1, 2, 250))
    #expect(Array(image.pixels[(12 * 91 + 12) * 3..<(12 * 91 + 13) * 3]) == [1, 2, 250])
    let before = image
    image.draw(.rectangle(Box(x: 0, y: 0, width: 50, height: 50), cornerRadius: 0), colour: Colour(9, 9, 9, opacity: 0))
    #expect(image == before)
  }

  @Test func `What was obscured cannot be told apart by its details`() {
    var mask = CoverageMask(width: 64, height: 64)
    mask.add(.ellipse(Box(x: 11.5, y: 11.5, width: 40, height: 40)))
    // Stripes of one pixel, and the same stripes the other way round: equal means, opposite details.
    let stripes = { (phase: Int) in
      Image(
        width: 64, height: 64,
        pixels: (0..<64 * 64).flatMap { [UInt8](repeating: ($0 % 64 + phase) % 2 == 0 ? 40 : 200, count: 3) })
    }
    var (first, second) = (stripes(0), stripes(1))
    let untouched = first
    var planes = PlanarImage(first)
    first.obscure(mask, cells: 5)
    second.obscure(mask, cells: 5)
    planes.obscure(mask, cells: 5)
    for y in 0..<64 {
      for x in 0..<64 {
        let index = (y * 64 + x) * 3
        if mask[x, y] == 255 {
          #expect((110...130).contains(first.pixels[index]) && (110...130).contains(second.pixels[index]))
          #expect((100...130).contains(planes.luma[x, y]))
        } else if mask[x, y] == 0 {
          #expect(first.pixels[index] == untouched.pixels[index])
        }
      }
    }
  }

  @Test func `An empty mask obscures nothing`() {
    var image = scene()
    image.obscure(CoverageMask(width: 91, height: 65), cells: 5)
    #expect(image == scene())
  }
}
