internal import CFFmpeg
internal import Timing

extension Rational {
  init(_ value: AVRational) { self.init(value.num, value.den) }
  var av: AVRational { AVRational(num: numerator, den: denominator) }

  var reduced: Rational {
    var (n, d) = (numerator, denominator)
    av_reduce(&n, &d, Int64(numerator), Int64(denominator), Int64(Int32.max))
    return Rational(n, d)
  }
}

extension MediaTime {
  /// The nearest number of ticks in another base.
  func ticks(in base: Rational) -> Int64 { av_rescale_q(ticks, self.base.av, base.av) }
}
