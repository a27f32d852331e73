internal import TestSupport
import Testing

@testable internal import Imaging

@Suite struct `Sampling planar images` {
  /// A colourful photograph in small: smooth, with an edge.
  private func scene(_ random: inout SeededRandom, width: Int, height: Int) -> Image {
    let slopes = (0..<3).map { _ in Double.random(in: -2...2, using: &random) }
    var image = Image(width: width, height: height)
    for index in 0..<width * height {
      let (y, x) = index.quotientAndRemainder(dividingBy: width)
      for channel in 0..<3 {
        let level = 120 + slopes[channel] * Double(x - y) + (x > width / 2 ? 40 : 0)
        image.pixels[index * 3 + channel] = UInt8(min(max(level, 20), 235))
      }
    }
    return image
  }

  private func samples(
    _ picture: Picture, _ columns: SamplingAxis, _ rows: SamplingAxis, _ border: SamplingBorder, reversed: Bool
  ) -> [Float] {
    let scaling = PixelScaling(scale: 0.5, mean: [1, 2, 3], deviation: [0.5, 0.5, 0.5], reversesChannels: reversed)
    let size = columns.count * rows.count
    var planes = [Float](repeating: .nan, count: 3 * size)
    planes.withUnsafeMutableBufferPointer {
      picture.sample(
        columns: columns, rows: rows, border: border, scaling: scaling, into: $0.baseAddress!,
        rowStride: columns.count, planeStride: size)
    }
    return planes
  }

  @Test func `Every pixel has the colour that it has in RGB`() {
    var random = SeededRandom(seed: 5)
    let planes = PlanarImage(scene(&random, width: 9, height: 7))
    let (planar, rgb) = (Picture.planar(planes), Picture.rgb(planes.image))
    for y in 0..<7 {
      for x in 0..<9 { #expect(planar[x, y] == rgb[x, y]) }
    }
  }

  @Test(arguments: [PlanarImage.Matrix.bt601, .bt709, .bt2020], [false, true])
  func `Samples of planes are those of the same picture in RGB`(matrix: PlanarImage.Matrix, isFullRange: Bool) {
    var random = SeededRandom(seed: 7)
    for round in 0..<40 {
      let (width, height) = (Int.random(in: 1...70, using: &random), Int.random(in: 1...50, using: &random))
      let planes = PlanarImage(scene(&random, width: width, height: height), matrix: matrix, isFullRange: isFullRange)
      func axis(_ size: Int) -> SamplingAxis {
        SamplingAxis(
          start: .random(in: -10...Double(size), using: &random), step: .random(in: 0.2...4, using: &random),
          count: Int.random(in: 1...40, using: &random))
      }
      let (columns, rows) = (axis(width), axis(height))
      let border: SamplingBorder = round % 2 == 0 ? .zero : .edge
      let found = samples(.planar(planes), columns, rows, border, reversed: round % 3 == 0)
      let expected = samples(.rgb(planes.image), columns, rows, border, reversed: round % 3 == 0)
      // A level is one unit here.
      let differences = zip(found, expected).map { abs($0 - $1) }
      #expect(differences.allSatisfy { $0 <= 2.001 }, "\(width)x\(height), \(columns), \(rows), \(border)")
      #expect(differences.reduce(0, +) / Float(differences.count) < 0.5)
    }
  }
}
