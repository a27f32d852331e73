internal import Foundation
internal import Imaging
internal import Pose
import Testing

@Suite struct `Coverage of shapes` {
  private func area(_ mask: CoverageMask) -> Double {
    (0..<mask.height).reduce(0.0) { sum, y in sum + (0..<mask.width).reduce(0.0) { $0 + Double(mask[$1, y]) / 255 } }
  }

  private func mask(_ shapes: Shape..., width: Int = 97, height: Int = 71) -> CoverageMask {
    var mask = CoverageMask(width: width, height: height)
    for shape in shapes { mask.add(shape) }
    return mask
  }

  @Test(
    arguments: [
      (Shape.disc(center: Point(x: 40.3, y: 30.8), radius: 12.4), .pi * 12.4 * 12.4),
      (.ring(center: Point(x: 40, y: 30), radius: 20, width: 3), 2 * .pi * 20 * 3),
      (.line(from: Point(x: 10, y: 12), to: Point(x: 70, y: 57), width: 6), 75 * 6 + .pi * 9),
      (.line(from: Point(x: 20.5, y: 9), to: Point(x: 20.5, y: 59), width: 0.5), 50 * 0.5),
      (.rectangle(Box(x: 9.5, y: 7.5, width: 40, height: 30), cornerRadius: 0), 1200),
      (.rectangle(Box(x: 9.2, y: 7.9, width: 40.5, height: 30.5), cornerRadius: 6), 40.5 * 30.5 - (4 - .pi) * 36),
      (.frame(Box(x: 10, y: 10, width: 60, height: 40), cornerRadius: 0, width: 2), 62 * 42 - 58 * 38),
      (.ellipse(Box(x: 10, y: 10, width: 70, height: 40)), .pi * 35 * 20),
    ] as [(Shape, Double)])
  func `The coverage of a shape adds up to its area`(shape: Shape, expected: Double) {
    #expect(abs(area(mask(shape)) - expected) < 0.012 * expected + 0.6)
  }

  @Test func `A disc around a pixel is symmetric`() {
    let mask = mask(.disc(center: Point(x: 40, y: 30), radius: 7.3))
    for dy in 0...9 {
      for dx in 0...9 {
        let mirrored = [mask[40 - dx, 30 + dy], mask[40 + dx, 30 - dy], mask[40 + dy, 30 + dx]]
        #expect(mirrored.allSatisfy { $0 == mask[40 + dx, 30 + dy] })
      }
    }
  }

  @Test func `Nothing is touched beyond a shape`() {
    let mask = mask(.line(from: Point(x: 30, y: 20), to: Point(x: 50, y: 44), width: 5))
    for y in 0..<mask.height {
      for x in 0..<mask.width where x < 27 || x > 53 || y < 17 || y > 47 { #expect(mask[x, y] == 0) }
    }
  }

  @Test func `Shapes that overlap count once`() {
    let line = Shape.line(from: Point(x: 20, y: 20), to: Point(x: 60, y: 50), width: 8)
    #expect(mask(line, line).isEqual(to: mask(line)))
  }

  @Test func `A cleared mask is empty`() {
    var mask = mask(.disc(center: Point(x: 96, y: 70), radius: 30), .disc(center: Point(x: 0, y: 3), radius: 9))
    mask.clear()
    #expect(mask.isEqual(to: self.mask()))
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e12])
  func `Coordinates and sizes that make no sense draw nothing`(value: Double) {
    let fine = Point(x: 10, y: 10)
    let mask = mask(
      .line(from: fine, to: Point(x: value, y: 10), width: 3), .line(from: fine, to: fine, width: value),
      .disc(center: Point(x: 3, y: value), radius: 3), .ring(center: fine, radius: value, width: 2),
      .rectangle(Box(x: 1, y: 1, width: value, height: 4), cornerRadius: 1),
      .frame(Box(x: value, y: 1, width: 5, height: 4), cornerRadius: 1, width: 1),
      .frame(Box(x: 1, y: 1, width: 5, height: 4), cornerRadius: 1, width: value),
      .ellipse(Box(x: 1, y: 1, width: 4, height: value)))
    #expect(mask.isEqual(to: self.mask()))
  }

  @Test func `A line that starts and ends far outside crosses the picture`() {
    let far = mask(.line(from: Point(x: -9e6, y: 30), to: Point(x: 9e6, y: 30), width: 4))
    #expect(far.isEqual(to: mask(.line(from: Point(x: -20, y: 30), to: Point(x: 200, y: 30), width: 4))))
    #expect(mask(.line(from: Point(x: -9e6, y: 900), to: Point(x: 9e6, y: 900), width: 4)).isEqual(to: mask()))
  }

  @Test func `A shape as large as the world covers every pixel`() {
    #expect(area(mask(.disc(center: Point(x: 40, y: 40), radius: 1e6))) == 97 * 71)
    #expect(area(mask(.rectangle(Box(x: -1e6, y: -1e6, width: 4e6, height: 4e6), cornerRadius: 9))) == 97 * 71)
  }

  @Test(arguments: [(0, 0), (1, 1), (33, 1), (1, 64), (4097, 3)])
  func `Pictures of every size can be drawn on`(width: Int, height: Int) {
    var mask = CoverageMask(width: width, height: height)
    mask.add(.disc(center: Point(x: Double(width), y: Double(height)), radius: 5))
    mask.add(.rectangle(Box(x: -5, y: -5, width: 9000, height: 90), cornerRadius: 2))
    #expect(area(mask) == Double(width * height))
  }
}

extension CoverageMask {
  func isEqual(to other: CoverageMask) -> Bool {
    width == other.width && height == other.height
      && (0..<height).allSatisfy { y in (0..<width).allSatisfy { self[$0, y] == other[$0, y] } }
  }
}
