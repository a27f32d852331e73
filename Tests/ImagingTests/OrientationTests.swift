internal import Imaging
import Testing

@Suite struct `Turning images` {
  @Test func `A mirrored picture exchanges left and right`() {
    // Three columns and two rows whose pixels are numbered from 0.
    let source = Image(width: 3, height: 2, pixels: (0..<6).flatMap { [UInt8($0), 0, 0] })
    let result = source.mirrored()
    #expect(stride(from: 0, to: result.pixels.count, by: 3).map { result.pixels[$0] } == [2, 1, 0, 5, 4, 3])
  }
}
