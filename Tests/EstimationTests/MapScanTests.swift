internal import TestSupport
import Testing

@testable internal import Estimation

/// Maps gone through in one go, beside pixel by pixel.
@Suite struct `Scans of maps` {
  private let width = 37
  private let height = 20

  private func map() -> [Float] {
    var random = SeededRandom(seed: 7)
    return (0..<width * height).map { _ in Float.random(in: -1...1, using: &random) }
  }

  @Test(arguments: [0..<37, 3..<19, 5..<37, 30..<37, 36..<37])
  func `the highest pixel of any rectangle`(columns: Range<Int>) {
    let map = map()
    for rows in [0..<20, 4..<5, 17..<20] {
      let plain = rows.flatMap { y in columns.map { map[y * width + $0] } }.max()
      #expect(map.withUnsafeBufferPointer { $0.highest(rows: rows, columns: columns, width: width) } == plain)
    }
  }

  @Test(arguments: [0.1, 0.3, -0.5, 0.99, 2])
  func `the places of pixels above a threshold, which no number of theirs need be`(threshold: Double) {
    var map = map()
    for place in [0, 50, 739] { map[place] = Float(threshold) }
    for place in [1, 51, 738] { map[place] = Float(threshold).nextUp }
    let plain = map.indices.filter { Double(map[$0]) > threshold }
    #expect(map.withUnsafeBufferPointer { $0.places(above: threshold) } == plain)
  }
}
