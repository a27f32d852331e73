/// Who was found under which id when: a row for each person labelled, in which the colour changes with the id; grey where the
/// person was missed.
struct TrackPlot {
  /// A video.
  struct Panel {
    let name: String
    /// By the id of the person: the frames in which it is labelled, and the id that it was found under.
    fileprivate(set) var rows: [Int: [(frame: Int, found: Int?)]] = [:]

    init(name: String) { self.name = name }

    mutating func add(person: Int, frame: Int, found: Int?) { rows[person, default: []].append((frame, found)) }
  }

  private var panels: [Panel] = []

  mutating func add(_ panel: Panel) { panels.append(panel) }

  private static let rowHeight = 12.0
  private static let width = 800.0
  private static let margin = 80.0

  var svg: String {
    let height = panels.reduce(0) { $0 + Double($1.rows.count) * Self.rowHeight + 40 }
    var picture = SVGPicture(width: Self.width + Self.margin + 20, height: height)
    var top = 0.0
    for panel in panels {
      picture.text(panel.name, x: 6, y: top + 16)
      top += 24
      draw(panel, &picture, top)
      top += Double(panel.rows.count) * Self.rowHeight + 16
    }
    return picture.svg
  }

  private func draw(_ panel: Panel, _ picture: inout SVGPicture, _ top: Double) {
    let last = panel.rows.values.compactMap { $0.last?.frame }.max() ?? 0
    let step = Self.width / Double(last + 1)
    let people = panel.rows.sorted { ($0.value.first?.frame ?? 0, $0.key) < ($1.value.first?.frame ?? 0, $1.key) }
    for (index, person) in people.enumerated() {
      let y = top + Double(index) * Self.rowHeight
      picture.text("\(person.key)", x: Self.margin - 6, y: y + 9, anchor: "end")
      for run in Self.runs(person.value) {
        picture.rectangle(
          x: Self.margin + Double(run.start) * step, y: y, width: Double(run.end - run.start) * step,
          height: Self.rowHeight - 3, colour: run.found.map { SVGPicture.colour(abs($0)) } ?? "#cccccc")
      }
    }
  }

  /// Frames that follow each other with one id.
  private static func runs(_ frames: [(frame: Int, found: Int?)]) -> [(start: Int, end: Int, found: Int?)] {
    var runs: [(start: Int, end: Int, found: Int?)] = []
    for (frame, found) in frames {
      if let last = runs.last, last.end == frame, last.found == found {
        runs[runs.count - 1].end = frame + 1
      } else {
        runs.append((frame, frame + 1, found))
      }
    }
    return runs
  }
}
