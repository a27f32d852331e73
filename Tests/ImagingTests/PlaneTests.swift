import Testing

@testable internal import Imaging

@Suite struct `Planes` {
  private let bytes: [UInt8] = [1, 2, 3, 4, 5, 6]

  @Test func `Rows come back without gaps`() {
    let plane = Plane(width: 3, height: 2, bytes: bytes)
    #expect(plane.bytes == bytes)
    #expect(plane[2, 0] == 3 && plane[0, 1] == 4)
  }

  @Test func `Who writes to shared bytes gets a copy of his own`() {
    let first = Plane(width: 3, height: 2, bytes: bytes)
    var second = first
    second.withMutablePixels { pixels, _ in pixels[0] = 9 }
    #expect(first.bytes == bytes)
    #expect(second.bytes == [9, 2, 3, 4, 5, 6])
    #expect(first != second)
  }

  @Test func `Who writes to borrowed bytes leaves them alone and lets their owner go`() {
    final class Owner {
      let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 8)
      deinit { bytes.deallocate() }
    }
    var owner: Owner? = Owner()
    weak let witness = owner
    for index in 0..<8 { owner?.bytes[index] = UInt8(index) }
    var plane = owner.map { Plane(width: 3, height: 2, borrowing: $0.bytes, stride: 4, from: $0) }
    owner = nil
    #expect(witness != nil && plane?.bytes == [0, 1, 2, 4, 5, 6])
    let other = plane
    plane?.withMutablePixels { pixels, stride in pixels[stride] = 9 }
    #expect(plane?.bytes == [0, 1, 2, 9, 5, 6])
    #expect(other?.bytes == [0, 1, 2, 4, 5, 6])
  }

  @Test func `A larger copy repeats the last column and row`() {
    let copy = Plane(width: 3, height: 2, bytes: bytes).copy(width: 5, height: 3)
    #expect(copy.bytes == [1, 2, 3, 3, 3, 4, 5, 6, 6, 6, 4, 5, 6, 6, 6])
  }
}
