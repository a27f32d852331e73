/// A fraction as containers state frame rates, time bases and aspect ratios.
public struct Rational: Hashable, Sendable, Codable {
  public var numerator: Int32
  public var denominator: Int32

  public init(_ numerator: Int32, _ denominator: Int32) {
    self.numerator = numerator
    self.denominator = denominator
  }

  public var value: Double { Double(numerator) / Double(denominator) }
  public var isPositive: Bool { numerator > 0 && denominator > 0 }
  public var inverse: Rational { Rational(denominator, numerator) }
}
