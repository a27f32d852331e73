internal import Evaluation
internal import Foundation
internal import Testing

/// Figures of a reference tool, from the `expected.json` of a fixture.
struct Expected {
  private let value: Any

  init(_ folder: URL) throws {
    value = try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appending(path: "expected.json")))
  }

  private init(value: Any) { self.value = value }

  /// What lies under the keys.
  func callAsFunction(_ keys: String...) throws -> Expected {
    try Expected(value: keys.reduce(value) { try #require(($0 as? [String: Any])?[$1], "\(keys)") })
  }

  var keys: [String] { (value as? [String: Any]).map { Array($0.keys) } ?? [] }

  /// The members that are numbers; null is NaN.
  var numbers: [String: Double] {
    ((value as? [String: Any]) ?? [:]).compactMapValues { $0 is NSNull ? .nan : $0 as? Double }
  }

  var number: Double { value as? Double ?? .nan }
}

extension MetricTable {
  /// Expects a figure.
  func expect(
    _ name: String, _ expected: Double, within tolerance: Double = 1e-9, _ what: String = "",
    at place: SourceLocation = #_sourceLocation
  ) {
    let found = self[name] ?? -9
    let isEqual = expected.isNaN ? found.isNaN : abs(found - expected) < tolerance
    #expect(isEqual, "\(what) \(name): \(found), not \(expected)", sourceLocation: place)
  }
}

extension EvaluationProtocol {
  /// The figures for files.
  func table(_ truth: URL, _ predictions: URL) throws -> MetricTable { try report(truth, predictions).table }

  func report(
    _ truth: URL, _ predictions: URL, wantsPlot: Bool = false, wantsVideos: Bool = false
  ) throws -> EvaluationReport {
    var input = EvaluationInput(groundTruth: truth, predictions: predictions)
    (input.wantsPlot, input.wantsVideos) = (wantsPlot, wantsVideos)
    return try evaluate(input)
  }
}
