extension MetricTable {
  /// For people, without an end of line: a line for each figure of its own, a table for those that belong together.
  package var text: String {
    blocks.map { block in
      switch block {
      case .list(let rows): list(rows)
      case .grid(let grid): grid.text
      }
    }.joined(separator: "\n\n")
  }

  /// Figures that belong together.
  private enum Block {
    case list([Row])
    case grid(Grid)
  }

  /// What follows each other without a point in its name is a list. A table ends where neither row nor column is known to it.
  private var blocks: [Block] {
    var blocks: [Block] = []
    for row in rows {
      guard let (name, column) = row.place else {
        if case .list(let list)? = blocks.last {
          blocks[blocks.count - 1] = .list(list + [row])
        } else {
          blocks.append(.list([row]))
        }
        continue
      }
      if case .grid(var grid)? = blocks.last, grid.takes(row: name, column: column) {
        grid.add(text(of: row), row: name, column: column)
        blocks[blocks.count - 1] = .grid(grid)
      } else {
        var grid = Grid()
        grid.add(text(of: row), row: name, column: column)
        blocks.append(.grid(grid))
      }
    }
    return blocks
  }

  private func list(_ rows: [Row]) -> String {
    let width = max(rows.map(\.name.count).max() ?? 0, 16)
    return rows.map { "\($0.name.padded(to: width)) \(text(of: $0))" }.joined(separator: "\n")
  }
}

extension MetricTable.Row {
  /// The row and the column of a figure that is in a table. A point before a digit belongs to a number.
  fileprivate var place: (row: String, column: String)? {
    guard let match = name.firstMatch(of: /\.(?=\D)/) else { return nil }
    return (String(name[..<match.range.lowerBound]), String(name[match.range.upperBound...]))
  }
}

/// A table of texts, each row and each column with a name; grows as it is filled.
struct Grid {
  private var rows: [String] = []
  private var columns: [String] = []
  private var cells: [[String: String]] = []

  func takes(row: String, column: String) -> Bool { rows.last == row || columns.contains(column) }

  mutating func add(_ text: String, row: String, column: String) {
    if !columns.contains(column) { columns.append(column) }
    if rows.last != row {
      rows.append(row)
      cells.append([:])
    }
    cells[cells.count - 1][column] = text
  }

  /// Names of rows on the left, figures on the right of their columns.
  var text: String {
    let first = rows.map(\.count).max() ?? 0
    let widths = columns.map { column in max(column.count, cells.map { $0[column, default: ""].count }.max() ?? 0) }
    func line(_ name: String, _ texts: [String]) -> String {
      let line = name.padded(to: first) + zip(texts, widths).map { "  " + $0.padded(to: $1, onLeft: true) }.joined()
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
    let header = line("", columns)
    return ([header] + zip(rows, cells).map { name, cells in line(name, columns.map { cells[$0, default: ""] }) })
      .joined(separator: "\n")
  }
}

extension String {
  fileprivate func padded(to width: Int, onLeft: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - count))
    return onLeft ? blanks + self : self + blanks
  }
}
