private import Foundation

/// The results of an evaluation, in the order in which its protocol prints them.
///
/// Figures of one kind for several things are named `row.column`, such as `body.AP`; people see them in one table.
package struct MetricTable: Hashable, Sendable {
  package struct Row: Hashable, Sendable {
    package var name: String
    package var value: Double
    /// How many of them people see.
    var decimals: Int
  }

  package private(set) var rows: [Row] = []
  /// What the protocol gives where there was nothing to measure, besides NaN.
  private let undefined: Double?
  private let decimals: Int

  /// - Parameter decimals: As the published tool prints.
  package init(undefined: Double? = nil, decimals: Int = 4) { (self.undefined, self.decimals) = (undefined, decimals) }

  package subscript(name: String) -> Double? {
    get { rows.first { $0.name == name }?.value }
    set {
      rows.removeAll { $0.name == name }
      if let newValue { rows.append(Row(name: name, value: newValue, decimals: decimals)) }
    }
  }

  /// Adds a figure that counts something.
  mutating func count(_ name: String, _ value: Int) { rows.append(Row(name: name, value: Double(value), decimals: 0)) }

  /// Adds another table's figures, with a name in front.
  mutating func add(_ other: MetricTable, under prefix: String) {
    rows += other.rows.map { Row(name: "\(prefix).\($0.name)", value: $0.value, decimals: $0.decimals) }
  }

  /// The figures of these names, or of all that are in no table with rows, for tables of many videos.
  func summary(_ names: [String]) -> MetricTable {
    var result = self
    result.rows = names.compactMap { name in rows.first { $0.name == name } }
    return result
  }

  /// As people see a figure: `none` where there was nothing to measure.
  func text(of row: Row) -> String {
    guard row.value.isFinite, row.value != undefined else { return "none" }
    return String(format: "%.\(row.decimals)f", row.value)
  }

  /// Members of an object with all digits; what is not a number is null.
  func members(indent: String) -> String {
    rows.map { "\(indent)\"\($0.name)\": \($0.value.isFinite ? "\($0.value)" : "null")" }.joined(separator: ",\n")
  }
}
