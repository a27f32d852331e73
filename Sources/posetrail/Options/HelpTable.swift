/// Lists of names with what they stand for, in help texts.
enum HelpTable {
  /// A name and its summary on one line, what else there is to say below.
  static func text(_ rows: [(name: String, summary: String, remark: String)]) -> String {
    let width = rows.map(\.name.count).max() ?? 0
    return rows.map { row in
      let name = row.name + String(repeating: " ", count: width - row.name.count)
      return "  \(name)  \(row.summary)\n  \(String(repeating: " ", count: width))  (\(row.remark))"
    }.joined(separator: "\n")
  }
}
