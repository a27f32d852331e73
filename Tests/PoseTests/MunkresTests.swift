import Pose
import Testing

@Suite struct `Munkres's algorithm` {
  /// Costs as in grouping by tags, in whole steps, and what the Python package `munkres` 1.1.4 makes of them.
  struct Example: Decodable {
    var costs: [[Double]]
    var rounding: String
    var columns: [Int]
  }

  @Test func `the choice among equals is that of the published package`() throws {
    for example in try fixture("munkres", as: [Example].self) {
      let found =
        example.rounding == "float32"
        ? Assignment.munkres(example.costs.map { $0.map(Float.init) }) : Assignment.munkres(example.costs)
      #expect(found.map { $0 ?? -1 } == example.columns, "\(example.costs)")
    }
  }

  @Test func `rows without columns and no rows at all are no trouble`() {
    let (none, rowsOnly, narrow): ([[Double]], [[Double]], [[Double]]) = ([], [[], []], [[3], [1], [2]])
    let expected: [[Int?]] = [[], [nil, nil], [nil, 0, nil]]
    #expect([none, rowsOnly, narrow].map { Assignment.munkres($0) } == expected)
  }
}
