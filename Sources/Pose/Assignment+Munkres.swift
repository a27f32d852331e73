extension Assignment {
  /// As `minimumCost(_:)`; of several cheapest choices the one that Munkres's algorithm comes to (Munkres, Algorithms for the
  /// Assignment and Transportation Problems, 1957) when it looks for zeros in the order of the Python package `munkres` 1.1, with
  /// which published systems group keypoints.
  public static func munkres(_ costs: [[Double]]) -> [Int?] {
    MunkresAssignment.columns(costs)
  }

  /// The same with the rounding of float32.
  public static func munkres(_ costs: [[Float]]) -> [Int?] {
    MunkresAssignment.columns(costs)
  }
}

/// The state of Munkres's algorithm on a square matrix, padded with zeros.
private struct MunkresAssignment<Cost: BinaryFloatingPoint> {
  private let size: Int
  private var costs: [Cost]
  private var isRowCovered: [Bool]
  private var isColumnCovered: [Bool]
  private var starOfRow: [Int?]
  private var starOfColumn: [Int?]
  private var primeOfRow: [Int?]

  static func columns(_ costs: [[Cost]]) -> [Int?] {
    guard let columns = costs.first?.count, columns > 0 else { return costs.map { _ in nil } }
    var state = MunkresAssignment(costs)
    state.solve()
    return state.starOfRow.prefix(costs.count).map { star in star.flatMap { $0 < columns ? $0 : nil } }
  }

  private init(_ rows: [[Cost]]) {
    size = max(rows.count, rows[0].count)
    costs = Array(repeating: 0, count: size * size)
    for (row, values) in rows.enumerated() {
      costs.replaceSubrange(row * size..<row * size + values.count, with: values)
    }
    isRowCovered = Array(repeating: false, count: size)
    isColumnCovered = isRowCovered
    starOfRow = Array(repeating: nil, count: size)
    starOfColumn = starOfRow
    primeOfRow = starOfRow
  }

  private mutating func solve() {
    for row in 0..<size {
      let range = row * size..<(row + 1) * size
      let least = costs[range].min() ?? 0
      for index in range { costs[index] -= least }
      let free = (0..<size).first { costs[row * size + $0] == 0 && starOfColumn[$0] == nil }
      if let free { (starOfRow[row], starOfColumn[free]) = (free, row) }
    }
    while starOfRow.contains(nil) {
      isColumnCovered = starOfColumn.map { $0 != nil }
      isRowCovered = Array(repeating: false, count: size)
      primeOfRow = Array(repeating: nil, count: size)
      augment(from: primeWithoutStar())
    }
  }

  /// Primes uncovered zeros until one is in a row without a star, and gives that row.
  private mutating func primeWithoutStar() -> Int {
    var start = (row: 0, column: 0)
    while true {
      guard let zero = uncoveredZero(from: start) else {
        makeZero()
        start = (0, 0)
        continue
      }
      primeOfRow[zero.row] = zero.column
      guard let star = starOfRow[zero.row] else { return zero.row }
      isRowCovered[zero.row] = true
      isColumnCovered[star] = false
      start = (zero.row, star)
    }
  }

  /// Of the first row with an uncovered zero, the last; rows and columns are gone through from `start` around to it.
  private func uncoveredZero(from start: (row: Int, column: Int)) -> (row: Int, column: Int)? {
    for step in 0..<size {
      let row = (start.row + step) % size
      if isRowCovered[row] { continue }
      for step in (0..<size).reversed() {
        let column = (start.column + step) % size
        if !isColumnCovered[column], costs[row * size + column] == 0 { return (row, column) }
      }
    }
    return nil
  }

  /// Makes the smallest uncovered number a zero.
  private mutating func makeZero() {
    var least = Cost.infinity
    for row in 0..<size where !isRowCovered[row] {
      for column in 0..<size where !isColumnCovered[column] { least = min(least, costs[row * size + column]) }
    }
    for row in 0..<size {
      for column in 0..<size {
        if isRowCovered[row] { costs[row * size + column] += least }
        if !isColumnCovered[column] { costs[row * size + column] -= least }
      }
    }
  }

  /// Stars the prime of `row`, and so on along primes and stars in turn.
  private mutating func augment(from row: Int) {
    var row = row
    while let column = primeOfRow[row] {
      let next = starOfColumn[column]
      (starOfRow[row], starOfColumn[column]) = (column, row)
      guard let next else { return }
      row = next
    }
  }
}
