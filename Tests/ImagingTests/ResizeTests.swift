internal import Imaging
import Testing

@Suite struct `Resizing` {
  @Test(arguments: [(61, 50), (20, 17), (23, 18), (46, 90), (7, 37), (1, 1), (92, 74)])
  func `A bilinear resize equals OpenCV's bit for bit`(width: Int, height: Int) throws {
    let result = try Fixture.image("source").resized(width: width, height: height)
    #expect(try result == Fixture.image("resize-\(width)x\(height)"))
  }

  @Test func `Halving averages four pixels, as OpenCV does`() throws {
    let whole = try Fixture.image("source")
    let rows = (0..<36).flatMap { whole.pixels[$0 * whole.width * 3..<($0 * whole.width + 46) * 3] }
    let source = Image(width: 46, height: 36, pixels: rows)
    #expect(try source.resized(width: 23, height: 18) == Fixture.image("resize-halved"))
  }

  @Test(arguments: [(15, 12), (11, 37), (23, 9)])
  func `An averaged picture equals OpenCV's area resize to one level`(width: Int, height: Int) throws {
    let result = try Fixture.image("source").averaged(width: width, height: height)
    #expect(try #require(result.largestDifference(to: Fixture.image("area-\(width)x\(height)"))) <= 1)
  }

  @Test func `Sizes of nothing give nothing`() {
    #expect(Image(width: 3, height: 2).resized(width: 0, height: 4).pixels.isEmpty)
    #expect(Image(width: 0, height: 0).resized(width: 1, height: 1).pixels == [0, 0, 0])
    #expect(Image(width: 0, height: 0).averaged(width: 1, height: 1).pixels == [0, 0, 0])
  }
}
