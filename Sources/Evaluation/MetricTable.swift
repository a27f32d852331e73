/// The results of an evaluation, in the order in which its protocol prints them.
public struct MetricTable: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    public var name: String
    public var value: Double
  }

  public private(set) var rows: [Row] = []

  public init() {}

  public subscript(name: String) -> Double? {
    get { rows.first { $0.name == name }?.value }
    set {
      rows.removeAll { $0.name == name }
      if let newValue { rows.append(Row(name: name, value: newValue)) }
    }
  }

  /// One object with all digits; undefined values are null.
  public var json: String {
    let members = rows.map { "  \"\($0.name)\": \($0.value.isFinite ? "\($0.value)" : "null")" }
    return "{\n\(members.joined(separator: ",\n"))\n}"
  }
}
