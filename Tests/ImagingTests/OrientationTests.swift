internal import Imaging
import Testing

@Suite struct `Turning images` {
  /// Three columns and two rows whose pixels are numbered from 0.
  let source = Image(width: 3, height: 2, pixels: (0..<6).flatMap { [UInt8($0), 0, 0] })

  private func numbers(_ image: Image) -> [UInt8] {
    stride(from: 0, to: image.pixels.count, by: 3).map { image.pixels[$0] }
  }

  @Test(arguments: [
    (0, [0, 1, 2, 3, 4, 5]), (1, [3, 0, 4, 1, 5, 2]), (2, [5, 4, 3, 2, 1, 0]), (3, [2, 5, 1, 4, 0, 3]),
    (-1, [2, 5, 1, 4, 0, 3]), (5, [3, 0, 4, 1, 5, 2]),
  ])
  func `A quarter turn goes clockwise`(quarters: Int, expected: [UInt8]) {
    let result = source.rotated(quarters: quarters)
    #expect(numbers(result) == expected)
    #expect(result.width == (quarters % 2 == 0 ? 3 : 2))
  }

  @Test func `A mirrored picture exchanges left and right`() {
    #expect(numbers(source.mirrored()) == [2, 1, 0, 5, 4, 3])
  }

  @Test func `A crop keeps to the picture`() {
    #expect(numbers(source.cropped(columns: 1..<9, rows: -4..<1)) == [1, 2])
    #expect(source.cropped(columns: 7..<9, rows: 0..<2).pixels.isEmpty)
  }
}
