internal import CFFmpeg
internal import Pose

/// A fraction as containers state frame rates, time bases and aspect ratios.
public struct Rational: Hashable, Sendable {
  public var numerator: Int32
  public var denominator: Int32

  public init(_ numerator: Int32, _ denominator: Int32) {
    self.numerator = numerator
    self.denominator = denominator
  }

  public var value: Double { Double(numerator) / Double(denominator) }
  var isPositive: Bool { numerator > 0 && denominator > 0 }
  var reduced: Rational {
    var (n, d) = (numerator, denominator)
    av_reduce(&n, &d, Int64(numerator), Int64(denominator), Int64(Int32.max))
    return Rational(n, d)
  }
  var inverse: Rational { Rational(denominator, numerator) }
}

extension Rational {
  init(_ value: AVRational) { self.init(value.num, value.den) }
  var av: AVRational { AVRational(num: numerator, den: denominator) }
}

extension MediaTime {
  init(_ ticks: Int64, _ base: Rational) {
    self.init(ticks: ticks, numerator: base.numerator, denominator: base.denominator)
  }

  var base: Rational { Rational(numerator, denominator) }

  /// The nearest number of ticks in another base.
  func ticks(in base: Rational) -> Int64 { av_rescale_q(ticks, self.base.av, base.av) }
}
