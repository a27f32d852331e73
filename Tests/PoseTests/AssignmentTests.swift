import Pose
import Testing

@Suite struct `Assignments of least cost` {
  @Test func `the least cost is that of trying everything`() {
    var state: UInt64 = 7
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for _ in 0..<300 {
      let (rows, columns) = (1 + random(5), 1 + random(5))
      let costs = (0..<rows).map { _ in (0..<columns).map { _ in Double(random(20)) - 10 } }
      let pairs = Assignment.minimumCost(costs)
      let taken = pairs.compactMap(\.self)
      #expect(taken.count == min(rows, columns))
      #expect(Set(taken).count == taken.count)
      let total = zip(costs, pairs).reduce(0) { sum, pair in sum + (pair.1.map { pair.0[$0] } ?? 0) }
      #expect(total == leastCost(costs[...], without: []))
    }
  }

  /// The least cost of all ways to pair as many rows with columns as there can be.
  private func leastCost(_ costs: ArraySlice<[Double]>, without used: Set<Int>) -> Double {
    guard let row = costs.first else { return 0 }
    let free = row.indices.filter { !used.contains($0) }
    guard !free.isEmpty else { return 0 }
    var options = free.map { row[$0] + leastCost(costs.dropFirst(), without: used.union([$0])) }
    if costs.count > free.count { options.append(leastCost(costs.dropFirst(), without: used)) }
    return options.min() ?? 0
  }

  @Test func `along candidates only the least cost is the same`() {
    var state: UInt64 = 11
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for round in 0..<600 {
      let (rows, columns) = (1 + random(5), 1 + random(5))
      let alone = round.isMultiple(of: 2) ? 0.0 : 1000
      var costs = [[Double]](repeating: Array(repeating: 3000, count: columns), count: rows)
      var candidates: [Assignment.Candidate] = []
      for row in 0..<rows {
        for column in 0..<columns where random(3) > 0 {
          costs[row][column] = Double(random(20) - 10)
          candidates.append(.init(row: row, column: column, cost: costs[row][column]))
        }
      }
      let pairs = Assignment.minimumCost(candidates, rows: rows, columns: columns, alone: alone)
      let taken = pairs.compactMap(\.self)
      #expect(Set(taken).count == taken.count)
      let total = zip(costs, pairs).reduce(0) { sum, pair in sum + (pair.1.map { pair.0[$0] } ?? alone) }
      // A column of its own stands for each row that stays alone.
      let open = costs.enumerated().map { row, costs in costs + (0..<rows).map { $0 == row ? alone : 3000 } }
      #expect(total == leastCost(open[...], without: []))
    }
  }

  @Test func `pairs below the gate stay apart`() {
    #expect(Assignment.maximumSimilarity([[0.9, 0.8], [0.7, 0.1]], gate: 0.2) == [1, 0])
    #expect(Assignment.greedy([[0.9, 0.8], [0.7, 0.1]], gate: 0.2) == [0, nil])
    #expect(Assignment.maximumSimilarity([[0.1]], gate: 0.2) == [nil])
    #expect(Assignment.minimumCost([]).isEmpty)
    #expect(Assignment.minimumCost([[], []]) == [nil, nil])
  }

  @Test func `equal pairs are taken in order`() {
    #expect(Assignment.greedy([[0.5, 0.5], [0.5, 0.5]], gate: 0) == [0, 1])
  }
}
