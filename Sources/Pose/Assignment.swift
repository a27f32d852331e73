/// Pairs rows with columns at the least total cost.
public enum Assignment {
  /// The column of each row, every column at most once and as many pairs as the shorter side has, so that the sum of the
  /// costs is least. The Hungarian method with potentials (Kuhn 1955; Jonker and Volgenant 1987), O(rows²·columns).
  ///
  /// - Parameter costs: One array a row, all of one length, all finite.
  public static func minimumCost(_ costs: [[Double]]) -> [Int?] {
    guard let columns = costs.first?.count, columns > 0 else { return Array(repeating: nil, count: costs.count) }
    if costs.count > columns {
      let transposed = (0..<columns).map { column in costs.map { $0[column] } }
      var result = [Int?](repeating: nil, count: costs.count)
      for (column, row) in solve(transposed).enumerated() { result[row] = column }
      return result
    }
    return solve(costs)
  }

  /// The pairs of most total similarity among those that reach `gate`; a row may stay alone.
  public static func maximumSimilarity(_ similarities: [[Double]], gate: Double) -> [Int?] {
    let pairs = minimumCost(similarities.map { row in row.map { $0 >= gate ? -$0 : 0 } })
    return zip(pairs, similarities).map { column, row in column.flatMap { row[$0] >= gate ? $0 : nil } }
  }

  /// As `maximumSimilarity`, but takes the most similar pair first, the lower row, then the lower column of equal ones.
  public static func greedy(_ similarities: [[Double]], gate: Double) -> [Int?] {
    var candidates: [(similarity: Double, row: Int, column: Int)] = []
    for (row, values) in similarities.enumerated() {
      for (column, value) in values.enumerated() where value >= gate { candidates.append((value, row, column)) }
    }
    candidates.sort { (-$0.similarity, $0.row, $0.column) < (-$1.similarity, $1.row, $1.column) }
    var result = [Int?](repeating: nil, count: similarities.count)
    var taken: Set<Int> = []
    for candidate in candidates where result[candidate.row] == nil && taken.insert(candidate.column).inserted {
      result[candidate.row] = candidate.column
    }
    return result
  }

  /// Adds the rows one by one, each along the shortest augmenting path; there are at least as many columns as rows.
  private static func solve(_ costs: [[Double]]) -> [Int] {
    let columns = costs[0].count
    var rowPotential = [Double](repeating: 0, count: costs.count)
    var columnPotential = [Double](repeating: 0, count: columns + 1)
    // The row in each column; the last column is where the row being added waits.
    var owner = [Int?](repeating: nil, count: columns + 1)
    for row in costs.indices {
      owner[columns] = row
      var distance = [Double](repeating: .infinity, count: columns)
      var previous = [Int](repeating: columns, count: columns)
      var visited = [Bool](repeating: false, count: columns + 1)
      var current = columns
      while let currentRow = owner[current] {
        visited[current] = true
        var (step, next) = (Double.infinity, current)
        for column in 0..<columns where !visited[column] {
          let reduced = costs[currentRow][column] - rowPotential[currentRow] - columnPotential[column]
          if reduced < distance[column] { (distance[column], previous[column]) = (reduced, current) }
          if distance[column] < step { (step, next) = (distance[column], column) }
        }
        for column in 0...columns {
          if visited[column], let holder = owner[column] {
            rowPotential[holder] += step
            columnPotential[column] -= step
          } else if column < columns {
            distance[column] -= step
          }
        }
        current = next
      }
      while current != columns {
        owner[current] = owner[previous[current]]
        current = previous[current]
      }
    }
    var result = [Int](repeating: 0, count: costs.count)
    for column in 0..<columns {
      if let row = owner[column] { result[row] = column }
    }
    return result
  }
}
