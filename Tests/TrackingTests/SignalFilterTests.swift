import Foundation
import Testing

@testable import Tracking

/// A way of a joint and what SciPy makes of it (`Tools/fixtures/make_signal_fixtures.py`).
private struct Example: Decodable {
  var method: String
  var times: [Double]
  var values: [Double]
  var scores: [Double]
  var expected: [Double]

  static var all: [Example] {
    get throws {
      let url = try #require(Bundle.module.url(forResource: "signals", withExtension: "json", subdirectory: "Fixtures"))
      return try JSONDecoder().decode([Example].self, from: Data(contentsOf: url))
    }
  }
}

private func filter(_ text: String) throws -> any SignalFilter {
  guard case .whole(let filter) = try Smoothing(text).filter else { throw Missing() }
  return filter
}

private struct Missing: Error {}

private let ahead = ["savitzky-golay", "butterworth", "kalman", "median", "hampel"]

@Suite struct `Filters of signals` {
  @Test func `the numbers are those of SciPy`() throws {
    for example in try Example.all {
      let signal = Signal(
        times: example.times, values: example.values.map { SIMD2($0, -2 * $0) }, scores: example.scores)
      let result = try #require(try filter(example.method).smooth(signal), "\(example.method)")
      let worst = zip(result, example.expected).map { max(abs($0.x - $1), abs($0.y + 2 * $1) / 2) }.max() ?? .infinity
      #expect(worst < 2e-5, "\(example.method) at \(example.times.count) samples: \(worst)")
    }
  }

  private static let uneven: [Double] = [0, 0.03, 0.07, 0.1, 0.11, 0.15, 0.18, 0.25, 0.28, 0.3, 0.33, 0.36, 0.41, 0.44]

  @Test(arguments: ahead)
  func `a joint at rest stays where it is, also at uneven times`(method: String) throws {
    let signal = Signal(
      times: Self.uneven, values: Self.uneven.map { _ in SIMD2(321.5, -4) }, scores: Self.uneven.map { 1 - $0 })
    let result = try #require(try filter(method).smooth(signal))
    for value in result { #expect(abs(value.x - 321.5) < 1e-6 && abs(value.y + 4) < 1e-6) }
  }

  @Test(arguments: ahead.filter { $0 != "median" })
  func `steady motion does not lag`(method: String) throws {
    let signal = Signal(
      times: Self.uneven, values: Self.uneven.map { SIMD2(100 + 300 * $0, 50 - 90 * $0) },
      scores: Self.uneven.map { _ in 1 })
    let result = try #require(try filter(method).smooth(signal))
    for (value, truth) in zip(result, signal.values) { #expect(abs(value.x - truth.x) < 1e-3, "\(method)") }
  }

  @Test(arguments: ahead)
  func `what goes up and down again stays in the middle`(method: String) throws {
    let times = (0..<61).map { Double($0) / 30 }
    let values = times.map { SIMD2(100 * exp(-pow(($0 - 1) / 0.15, 2)), 0) }
    let result = try #require(
      try filter(method).smooth(Signal(times: times, values: values, scores: times.map { _ in 1 })))
    let moment = zip(times, result).reduce(0) { $0 + $1.0 * $1.1.x } / result.reduce(0) { $0 + $1.x }
    #expect(abs(moment - 1) < 1e-6)
  }

  @Test(arguments: ["median", "hampel"])
  func `a spike goes without a trace`(method: String) throws {
    let times = (0..<40).map { Double($0) / 30 }
    var values = times.map { SIMD2(10 + 20 * $0, 3) }
    values[17] += SIMD2(400, 0)
    let result = try #require(
      try filter(method).smooth(Signal(times: times, values: values, scores: times.map { _ in 1 })))
    #expect(zip(result, times).allSatisfy { abs($0.x - 10 - 20 * $1) < 1.5 })
  }

  @Test func `a filter of outliers leaves everything else alone`() throws {
    let times = (0..<40).map { Double($0) / 30 }
    let values = times.map { SIMD2(100 * sin(6 * $0), 0) }
    let result = try filter("hampel").smooth(Signal(times: times, values: values, scores: times.map { _ in 1 }))
    #expect(result == values)
  }

  @Test(arguments: [
    "savitzky-golay:order=3,window=0.3", "butterworth:cutoff=6", "kalman:cutoff=6", "median:window=0.2",
  ])
  func `frames too far apart for what is asked for are left alone`(method: String) throws {
    let signal = Signal(times: [0, 0.4, 0.8, 1.2], values: [.zero, .one, .zero, .one], scores: [1, 1, 1, 1])
    #expect(try filter(method).smooth(signal) == nil)
  }

  @Test(arguments: ahead, [1, 2, 3, 4, 5])
  func `short ways come out as long as they went in`(method: String, count: Int) throws {
    let times = (0..<count).map { Double($0) / 30 }
    let values = times.map { SIMD2(300 * $0, 1) }
    let result = try filter(method).smooth(Signal(times: times, values: values, scores: times.map { _ in 0.5 }))
    #expect(result?.count == count && result?.allSatisfy { $0.x.isFinite && $0.y.isFinite } == true)
  }

  @Test func `a Kalman smoother trusts sure joints more`() throws {
    let times = (0..<31).map { Double($0) / 30 }
    var values = times.map { _ in SIMD2(0.0, 0) }
    values[15] = SIMD2(10, 0)
    func height(_ score: Double) throws -> Double {
      var scores = times.map { _ in 1.0 }
      scores[15] = score
      return try filter("kalman").smooth(Signal(times: times, values: values, scores: scores))?[15].x ?? .nan
    }
    #expect(try height(0.2) < 0.3 * height(1))
  }
}

@Suite struct `Names of filters` {
  @Test func `each is made by its name alone, and says all it was told`() throws {
    for method in SmoothingMethod.all {
      let smoothing = try Smoothing(method.name)
      #expect(smoothing.filter != nil && smoothing.parameters.count == method.parameters.count)
    }
    #expect(try Smoothing("savitzky-golay:window=0.5").parameters == ["window": 0.5, "order": 3])
    #expect(try Smoothing("one-euro").looksAhead == false && Smoothing("median").looksAhead)
  }

  @Test(arguments: [
    ("", "choose one of one-euro, savitzky-golay, butterworth, kalman, median, hampel"),
    ("wiener", "called 'wiener'"), ("butterworth:order=2", "has no parameter 'order', but cutoff"),
    ("butterworth:", "has no parameter ''"), ("butterworth:cutoff", "cutoff is a number from 0.05 to 1000 Hz, not ''"),
    ("butterworth:cutoff=nan", "not 'nan'"), ("median:window=-1", "0.001 to 60 s"),
    ("savitzky-golay:order=2.5", "a whole number from 0 to 5"),
  ])
  func `what is wrong says what is right`(text: String, message: String) {
    #expect { try Smoothing(text) } throws: { "\($0)".contains(message) }
  }
}
