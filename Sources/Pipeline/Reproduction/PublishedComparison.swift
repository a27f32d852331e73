internal import Evaluation
internal import Files
internal import Foundation
internal import Models

/// Figures that were measured beside those that were published.
package struct PublishedComparison: Sendable {
  package struct Row: Sendable {
    package var name: String
    /// On the scale of the published table.
    package var measured: Double
    package var published: Double
    /// How many of them are published.
    var decimals: Int

    package var difference: Double { measured - published }
  }

  package private(set) var rows: [Row] = []

  init(_ table: MetricTable, _ published: [PublishedFigure], _ benchmark: Benchmark) {
    for figure in published {
      guard let metric = benchmark.figures[figure.name], let measured = table[metric], let value = Double(figure.value)
      else { continue }
      // Tables give shares or percentages, whichever the protocol does.
      let scale = value > 1.5 ? 100 : 1.0
      rows.append(
        Row(
          name: figure.name, measured: measured / benchmark.whole * scale, published: value,
          decimals: figure.value.split(separator: ".").dropFirst().first?.count ?? 0))
    }
  }

  /// A line for each figure, for people; empty where nothing was published.
  package var text: String {
    guard !rows.isEmpty else { return "" }
    let width = max(16, rows.map(\.name.count).max() ?? 0)
    func line(_ cells: [String]) -> String {
      cells[0].padding(toLength: width, withPad: " ", startingAt: 0)
        + cells.dropFirst().map { String(repeating: " ", count: max(2, 12 - $0.count)) + $0 }.joined()
    }
    let lines = rows.map { row in
      line(
        [row.name]
          + [("%.", row.measured), ("%.", row.published), ("%+.", row.difference)].map {
            String(format: "\($0)\(row.decimals)f", $1)
          })
    }
    return ([line(["", "measured", "published", "difference"])] + lines).joined(separator: "\n")
  }

  /// A list of objects, with all digits.
  package var json: String {
    JSONText.array(
      rows.map { row in
        JSONText.object([
          "name": JSONText.string(row.name), "measured": row.measured.isFinite ? "\(row.measured)" : "null",
          "published": "\(row.published)",
        ])
      })
  }
}
