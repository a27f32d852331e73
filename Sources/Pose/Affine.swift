/// An affine map of the plane: x' = a·x + b·y + c, y' = d·x + e·y + f. Both points are pixel centres.
public struct Affine: Hashable, Sendable, Codable {
  public var a: Double
  public var b: Double
  public var c: Double
  public var d: Double
  public var e: Double
  public var f: Double

  public init(a: Double, b: Double, c: Double, d: Double, e: Double, f: Double) {
    (self.a, self.b, self.c) = (a, b, c)
    (self.d, self.e, self.f) = (d, e, f)
  }

  public static let identity = Affine(a: 1, b: 0, c: 0, d: 0, e: 1, f: 0)

  /// The map that takes three points to three others; nil where the points lie on one line.
  public init?(taking from: (Point, Point, Point), to: (Point, Point, Point)) {
    let (x1, y1) = (from.1.x - from.0.x, from.1.y - from.0.y)
    let (x2, y2) = (from.2.x - from.0.x, from.2.y - from.0.y)
    let determinant = x1 * y2 - x2 * y1
    guard determinant != 0, determinant.isFinite else { return nil }
    func row(_ v0: Double, _ v1: Double, _ v2: Double) -> (Double, Double, Double) {
      let (p, q) = (v1 - v0, v2 - v0)
      let (s, t) = ((p * y2 - q * y1) / determinant, (q * x1 - p * x2) / determinant)
      return (s, t, v0 - s * from.0.x - t * from.0.y)
    }
    (a, b, c) = row(to.0.x, to.1.x, to.2.x)
    (d, e, f) = row(to.0.y, to.1.y, to.2.y)
  }

  public static func translation(x: Double, y: Double) -> Affine { Affine(a: 1, b: 0, c: x, d: 0, e: 1, f: y) }

  public static func scale(x: Double, y: Double) -> Affine { Affine(a: x, b: 0, c: 0, d: 0, e: y, f: 0) }

  public func apply(_ point: Point) -> Point {
    Point(x: a * point.x + b * point.y + c, y: d * point.x + e * point.y + f)
  }

  /// The map that applies this one first and `next` after it.
  public func concatenating(_ next: Affine) -> Affine {
    Affine(
      a: next.a * a + next.b * d, b: next.a * b + next.b * e, c: next.a * c + next.b * f + next.c,
      d: next.d * a + next.e * d, e: next.d * b + next.e * e, f: next.d * c + next.e * f + next.f)
  }

  /// The way back; nil where the map flattens the plane.
  public var inverse: Affine? {
    let determinant = a * e - b * d
    guard determinant != 0, determinant.isFinite else { return nil }
    let (a, b, d, e) = (e / determinant, -b / determinant, -d / determinant, a / determinant)
    return Affine(a: a, b: b, c: -(a * c + b * f), d: d, e: e, f: -(d * c + e * f))
  }
}
