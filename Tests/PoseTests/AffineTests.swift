import Pose
import Testing

@Suite struct `Affine maps` {
  private let map = Affine(a: 2, b: -1, c: 5, d: 0.5, e: 3, f: -7)

  @Test func `the inverse leads back`() throws {
    let point = Point(x: 12.5, y: -4)
    let back = try #require(map.inverse).apply(map.apply(point))
    #expect(abs(back.x - point.x) < 1e-12 && abs(back.y - point.y) < 1e-12)
    #expect(Affine(a: 1, b: 2, c: 0, d: 2, e: 4, f: 0).inverse == nil)
  }

  @Test func `concatenating applies the first first`() {
    let next = Affine.scale(x: 3, y: 2).concatenating(.translation(x: 1, y: -1))
    let point = Point(x: 4, y: 9)
    #expect(map.concatenating(next).apply(point) == next.apply(map.apply(point)))
    #expect(next.apply(Point(x: 1, y: 1)) == Point(x: 4, y: 1))
  }

  @Test func `three points determine the map`() throws {
    let from = (Point(x: 0, y: 0), Point(x: 100, y: 3), Point(x: -2, y: 40))
    let to = (map.apply(from.0), map.apply(from.1), map.apply(from.2))
    let found = try #require(Affine(taking: from, to: to))
    for (a, b) in [(found.a, map.a), (found.b, map.b), (found.c, map.c), (found.d, map.d), (found.e, map.e)] {
      #expect(abs(a - b) < 1e-12)
    }
    #expect(Affine(taking: (from.0, from.0, from.1), to: to) == nil)
  }
}
