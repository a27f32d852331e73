private import Files
package import Foundation

/// What to evaluate, and what is wanted of it.
package struct EvaluationInput: Sendable {
  package var groundTruth: URL
  package var predictions: URL
  /// Whether a picture is to be drawn.
  package var wantsPlot = false
  /// Whether each video is wanted by itself, too.
  package var wantsVideos = false

  package init(groundTruth: URL, predictions: URL) {
    (self.groundTruth, self.predictions) = (groundTruth, predictions)
  }
}

/// The figures of an evaluation.
package struct EvaluationReport: Sendable {
  package var table: MetricTable
  /// Those of each video, where the protocol has several.
  package var videos: [(name: String, table: MetricTable)] = []
  /// An SVG picture, where one was wanted.
  package var plot: String?

  init(_ table: MetricTable) { self.table = table }

  /// For people: the figures, and of the videos those that `columns` names.
  package func text(perVideo columns: [String]? = nil) -> String {
    guard let columns, !videos.isEmpty else { return table.text }
    var grid = Grid()
    for (name, table) in videos + [("all", table)] {
      for row in table.summary(columns).rows { grid.add(table.text(of: row), row: name, column: row.name) }
    }
    return table.text + "\n\n" + grid.text
  }

  /// One object with all digits; the videos' figures in `videos`, where they are wanted.
  package func json(perVideo: Bool = false) -> String {
    guard perVideo, !videos.isEmpty else { return "{\n\(table.members(indent: "  "))\n}\n" }
    let each = videos.map { "    \(JSONText.string($0.name)): {\n\($0.table.members(indent: "      "))\n    }" }
    return "{\n\(table.members(indent: "  ")),\n  \"videos\": {\n\(each.joined(separator: ",\n"))\n  }\n}\n"
  }
}
