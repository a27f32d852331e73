import Testing
import Timing

@Suite struct `Media times and rational numbers` {
  @Test func `a time is its ticks in units of its base`() {
    #expect(MediaTime(3003, Rational(1001, 30_000)).seconds == 3003.0 * 1001 / 30_000)
    #expect(MediaTime(ticks: 90, denominator: 90).seconds == 1)
    #expect(MediaTime(7, Rational(1, 25)).base == Rational(1, 25))
  }

  @Test(
    arguments: [(1, 25, true), (0, 25, false), (1, 0, false), (-1, 25, false), (-1, -25, false)]
      as [(Int32, Int32, Bool)])
  func `only a fraction of two numbers above 0 is positive`(numerator: Int32, denominator: Int32, isPositive: Bool) {
    #expect(Rational(numerator, denominator).isPositive == isPositive)
  }

  @Test func `the inverse of a frame rate is its period`() {
    #expect(Rational(30_000, 1001).inverse.value == 1001.0 / 30_000)
  }
}
