extension Assignment {
  /// A row and a column that may be paired, and what that costs.
  public struct Candidate: Sendable {
    public var row: Int
    public var column: Int
    public var cost: Double

    public init(row: Int, column: Int, cost: Double) {
      (self.row, self.column, self.cost) = (row, column, cost)
    }
  }

  /// The column of each row, every column at most once, so that the sum of the costs is least, where a row without a column
  /// costs `alone`: with `alone` above what all pairs can cost together, the most pairs, and of those the cheapest.
  ///
  /// Successive shortest augmenting paths with potentials, as `minimumCost(_:)`, but along the candidates only (Dijkstra
  /// with a heap): near-linear where each row has few of them, however many rows there are.
  ///
  /// - Parameter candidates: Each pair at most once, all costs finite.
  public static func minimumCost(_ candidates: [Candidate], rows: Int, columns: Int, alone: Double) -> [Int?] {
    var solver = SparseAssignment(candidates, rows: rows, columns: columns, alone: alone)
    for row in 0..<rows { solver.add(row) }
    return solver.columnOfRow
  }
}

/// The state of a sparse assignment to which rows are added one by one.
private struct SparseAssignment {
  private(set) var columnOfRow: [Int?]
  private var rowOfColumn: [Int?]
  /// The candidates of row r lie at `starts[r]..<starts[r + 1]`.
  private var starts: [Int]
  private var targets: [Int]
  private var costs: [Double]
  private let alone: Double
  private var rowPotential: [Double]
  private var columnPotential: [Double]
  // Of the search under way; entries of columns in `touched` only.
  private var distance: [Double]
  private var previous: [Int]
  private var isSettled: [Bool]

  init(_ candidates: [Assignment.Candidate], rows: Int, columns: Int, alone: Double) {
    self.alone = alone
    starts = [Int](repeating: 0, count: rows + 1)
    for candidate in candidates { starts[candidate.row + 1] += 1 }
    for row in 0..<rows { starts[row + 1] += starts[row] }
    var next = starts
    targets = [Int](repeating: 0, count: candidates.count)
    costs = [Double](repeating: 0, count: candidates.count)
    for candidate in candidates {
      targets[next[candidate.row]] = candidate.column
      costs[next[candidate.row]] = candidate.cost
      next[candidate.row] += 1
    }
    columnOfRow = [Int?](repeating: nil, count: rows)
    rowOfColumn = [Int?](repeating: nil, count: columns)
    rowPotential = [Double](repeating: 0, count: rows)
    columnPotential = [Double](repeating: 0, count: columns)
    distance = [Double](repeating: .infinity, count: columns)
    previous = [Int](repeating: -1, count: columns)
    isSettled = [Bool](repeating: false, count: columns)
  }

  /// Adds a row along the shortest path that ends at a free column, or at a row that is then left alone.
  mutating func add(_ root: Int) {
    rowPotential[root] = (starts[root]..<starts[root + 1]).reduce(alone) {
      min($0, costs[$1] - columnPotential[targets[$1]])
    }
    var heap = DistanceHeap()
    var touched: [Int] = []
    var visited: [(row: Int, distance: Double)] = [(root, 0)]
    // The cheapest way to end by leaving a visited row alone.
    var sacrifice = (row: root, distance: alone - rowPotential[root])
    relax(root, at: 0, into: &heap, &touched)
    var end: (column: Int?, distance: Double) = (nil, sacrifice.distance)
    while let (reached, column) = heap.pop() {
      if isSettled[column] || reached > distance[column] { continue }
      if reached >= sacrifice.distance { break }
      isSettled[column] = true
      guard let row = rowOfColumn[column] else {
        end = (column, reached)
        break
      }
      visited.append((row, reached))
      let cost = reached + alone - rowPotential[row]
      if cost < sacrifice.distance { sacrifice = (row, cost) }
      relax(row, at: reached, into: &heap, &touched)
    }
    if end.column == nil { end.distance = sacrifice.distance }
    for (row, reached) in visited where reached < end.distance { rowPotential[row] += end.distance - reached }
    for column in touched {
      if distance[column] < end.distance { columnPotential[column] += distance[column] - end.distance }
    }
    augment(root, to: end.column, sacrificing: sacrifice.row)
    for column in touched { (distance[column], previous[column], isSettled[column]) = (.infinity, -1, false) }
  }

  private mutating func relax(_ row: Int, at reached: Double, into heap: inout DistanceHeap, _ touched: inout [Int]) {
    for place in starts[row]..<starts[row + 1] {
      let column = targets[place]
      if isSettled[column] { continue }
      let candidate = reached + max(0, costs[place] - rowPotential[row] - columnPotential[column])
      guard candidate < distance[column] else { continue }
      if distance[column] == .infinity { touched.append(column) }
      (distance[column], previous[column]) = (candidate, row)
      heap.push(candidate, column, isFree: rowOfColumn[column] == nil)
    }
  }

  /// Shifts every row on the path by one column.
  private mutating func augment(_ root: Int, to end: Int?, sacrificing row: Int) {
    var column: Int
    if let end {
      column = end
    } else {
      guard row != root, let given = columnOfRow[row] else { return }
      columnOfRow[row] = nil
      column = given
    }
    while true {
      let row = previous[column]
      let next = columnOfRow[row]
      (columnOfRow[row], rowOfColumn[column]) = (column, row)
      guard row != root, let next else { return }
      column = next
    }
  }
}

/// Columns by their distance, the nearest first; of equally near ones those that are free, since they end the search.
private struct DistanceHeap {
  private struct Item {
    var distance: Double
    var isFree: Bool
    var column: Int

    func precedes(_ other: Item) -> Bool {
      if distance != other.distance { return distance < other.distance }
      if isFree != other.isFree { return isFree }
      return column < other.column
    }
  }

  private var items: [Item] = []

  mutating func push(_ distance: Double, _ column: Int, isFree: Bool) {
    items.append(Item(distance: distance, isFree: isFree, column: column))
    var index = items.count - 1
    while index > 0, items[index].precedes(items[(index - 1) / 2]) {
      items.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  mutating func pop() -> (distance: Double, column: Int)? {
    guard let first = items.first.map({ ($0.distance, $0.column) }), let last = items.popLast() else { return nil }
    guard !items.isEmpty else { return first }
    items[0] = last
    var index = 0
    while true {
      var least = index
      for child in [2 * index + 1, 2 * index + 2] where child < items.count && items[child].precedes(items[least]) {
        least = child
      }
      if least == index { return first }
      items.swapAt(index, least)
      index = least
    }
  }
}
