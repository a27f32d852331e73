private import Foundation

extension JSONValue {
  /// What `value` is encoded to.
  public static func encoding(_ value: some Encodable) throws -> JSONValue {
    try JSONParser.parse([UInt8](JSONEncoder().encode(value)))
  }

  /// On one line, with sorted keys: equal values give the same text.
  public var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): JSONText.string(value)
    case .array(let values): JSONText.array(values.map(\.text))
    case .object(let members):
      "{" + members.sorted { $0.key < $1.key }.map { "\(JSONText.string($0)):\($1.text)" }.joined(separator: ",") + "}"
    }
  }

  /// The places where two values differ, in the order of their keys, each with what stands there.
  public func differences(_ other: JSONValue, at path: [String] = []) -> [JSONDifference] {
    guard case .object(let own) = self, case .object(let others) = other else {
      return self == other ? [] : [JSONDifference(path: path, first: self, second: other)]
    }
    return Set(own.keys).union(others.keys).sorted().flatMap { key in
      (own[key] ?? .null).differences(others[key] ?? .null, at: path + [key])
    }
  }
}

/// A place where two JSON values differ; null stands for what is absent.
public struct JSONDifference {
  /// The keys that lead there.
  public var path: [String]
  public var first: JSONValue
  public var second: JSONValue
}
