private import Foundation

/// The results of an evaluation, in the order in which its protocol prints them.
package struct MetricTable: Hashable, Sendable {
  package struct Row: Hashable, Sendable {
    package var name: String
    package var value: Double
  }

  package private(set) var rows: [Row] = []
  /// What the protocol gives where there was nothing to measure, besides NaN.
  private let undefined: Double?

  package init(undefined: Double? = nil) { self.undefined = undefined }

  package subscript(name: String) -> Double? {
    get { rows.first { $0.name == name }?.value }
    set {
      rows.removeAll { $0.name == name }
      if let newValue { rows.append(Row(name: name, value: newValue)) }
    }
  }

  /// One line a figure, without an end, for people: four decimals, `none` where there was nothing to measure.
  package var text: String {
    let width = rows.map(\.name.count).max() ?? 0
    return rows.map { row in
      let isDefined = row.value.isFinite && row.value != undefined
      let name = row.name + String(repeating: " ", count: max(width, 16) - row.name.count)
      return "\(name) \(isDefined ? String(format: "%.4f", row.value) : "none")"
    }.joined(separator: "\n")
  }

  /// One object with all digits; what is not a number is null.
  package var json: String {
    let members = rows.map { "  \"\($0.name)\": \($0.value.isFinite ? "\($0.value)" : "null")" }
    return "{\n\(members.joined(separator: ",\n"))\n}"
  }
}
