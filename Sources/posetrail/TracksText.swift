private import Foundation
internal import Pipeline

/// Tracks and moments in words and as JSON.
enum TracksText {
  static func plain(_ tracks: [TrackReport], _ moments: [Moment], atMost count: Int) -> String {
    let head = ["TRACK", "FRAMES", "", "SEEN", "GAPS", "LONGEST", "SCORE", "MARGIN", "NAME"]
    let rows = tracks.map { track in
      [
        "\(track.id)", "\(track.firstFrame)–\(track.lastFrame)", "\(time(track.firstTime))–\(time(track.lastTime))",
        "\(track.frames)", "\(track.gaps)", track.gaps == 0 ? "" : String(format: "%.1f s", track.longestGap),
        String(format: "%.2f", track.meanScore), track.smallestMargin.map { String(format: "%.2f", $0) } ?? "",
        track.name ?? "",
      ]
    }
    var lines = table([head] + rows)
    if count > 0, !moments.isEmpty {
      let shown = moments.prefix(count)
      let title = "WORTH A LOOK" + (shown.count < moments.count ? " (\(shown.count) of \(moments.count))" : "")
      lines += ["", title]
      lines += table(
        shown.map { [String(format: "%.2f", $0.concern), "frame \($0.frame)", time($0.time), $0.text, $0.edit] })
    }
    return lines.joined(separator: "\n")
  }

  static func json(_ tracks: [TrackReport], _ moments: [Moment]) -> String {
    struct Report: Encodable {
      var tracks: [TrackReport]
      var moments: [Moment]
    }
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    let data = try? encoder.encode(Report(tracks: tracks, moments: moments))
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// Columns two spaces apart, as wide as they must be.
  private static func table(_ rows: [[String]]) -> [String] {
    let widths = (0..<(rows.first?.count ?? 0)).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      let line = cells.joined(separator: "  ")
      return String(line[..<(line.lastIndex { $0 != " " }.map { line.index(after: $0) } ?? line.startIndex)])
    }
  }

  /// Minutes and seconds.
  private static func time(_ seconds: Double) -> String {
    String(format: "%d:%04.1f", Int(seconds / 60), seconds.truncatingRemainder(dividingBy: 60))
  }
}
