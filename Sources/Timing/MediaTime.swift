/// A presentation time as the container states it: `ticks` × `numerator` / `denominator` seconds.
public struct MediaTime: Hashable, Sendable, Codable {
  public var ticks: Int64
  public var numerator: Int32
  public var denominator: Int32

  public init(ticks: Int64, numerator: Int32 = 1, denominator: Int32) {
    self.ticks = ticks
    self.numerator = numerator
    self.denominator = denominator
  }

  public static let zero = MediaTime(ticks: 0, denominator: 1)

  public var seconds: Double { Double(ticks) * Double(numerator) / Double(denominator) }

  public init(_ ticks: Int64, _ base: Rational) {
    self.init(ticks: ticks, numerator: base.numerator, denominator: base.denominator)
  }

  public var base: Rational { Rational(numerator, denominator) }
}
