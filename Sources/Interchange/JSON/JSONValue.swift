internal import Pose

/// A parsed JSON value. Its readers throw errors that say what stands there instead.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The value under a key of an object, nil where it is absent or null.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self, let value = members[key], value != .null else { return nil }
    return value
  }

  func required(_ key: String) throws(InterchangeError) -> JSONValue {
    guard case .object = self else { throw mismatch("an object with \"\(key)\"") }
    guard let value = self[key] else {
      throw InterchangeError(
        .invalid, problem: "\"\(key)\" is missing", remedy: "add it, or write the file again with its program")
    }
    return value
  }

  func double() throws(InterchangeError) -> Double {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: throw mismatch("a number")
    }
  }

  func integer() throws(InterchangeError) -> Int {
    if case .integer(let value) = self { return value }
    if case .number(let value) = self, let exact = Int(exactly: value) { return exact }
    throw mismatch("a whole number")
  }

  func string() throws(InterchangeError) -> String {
    guard case .string(let value) = self else { throw mismatch("a string") }
    return value
  }

  func array() throws(InterchangeError) -> [JSONValue] {
    guard case .array(let values) = self else { throw mismatch("a list") }
    return values
  }

  /// True for `true` and numbers other than 0, as annotation files use both.
  func flag() throws(InterchangeError) -> Bool {
    if case .bool(let value) = self { return value }
    return try double() != 0
  }

  private func mismatch(_ expected: String) -> InterchangeError {
    let found =
      switch self {
      case .null: "null"
      case .bool(let value): "\(value)"
      case .integer(let value): "\(value)"
      case .number(let value): "\(value)"
      case .string(let value): "the string \"\(value.prefix(40))\""
      case .array(let values): "a list of \(values.count)"
      case .object: "an object"
      }
    return InterchangeError(
      .invalid, problem: "\(found) where \(expected) belongs",
      remedy: "correct the value, or name the right format with --from")
  }
}

/// Runs `body` and adds `place` in front of the place of an error it throws.
func at<Result>(
  _ place: @autoclosure () -> String, _ body: () throws(InterchangeError) -> Result
) throws(InterchangeError) -> Result {
  do { return try body() } catch { throw error.under(place()) }
}

/// Members of objects; errors name the key.
extension JSONValue {
  func read<Result>(
    _ key: String, _ body: (JSONValue) throws(InterchangeError) -> Result
  ) throws(InterchangeError) -> Result {
    let value = try required(key)
    return try at(key) { () throws(InterchangeError) in try body(value) }
  }

  func readIfPresent<Result>(
    _ key: String, _ body: (JSONValue) throws(InterchangeError) -> Result
  ) throws(InterchangeError) -> Result? {
    guard let value = self[key] else { return nil }
    return try at(key) { () throws(InterchangeError) in try body(value) }
  }

  func string(_ key: String) throws(InterchangeError) -> String { try read(key, Self.asString) }

  func integer(_ key: String) throws(InterchangeError) -> Int { try read(key, Self.asInteger) }

  func double(_ key: String) throws(InterchangeError) -> Double { try read(key, Self.asDouble) }

  static func asString(_ value: JSONValue) throws(InterchangeError) -> String { try value.string() }

  static func asInteger(_ value: JSONValue) throws(InterchangeError) -> Int { try value.integer() }

  static func asDouble(_ value: JSONValue) throws(InterchangeError) -> Double { try value.double() }

  static func asFlag(_ value: JSONValue) throws(InterchangeError) -> Bool { try value.flag() }

  static func asArray(_ value: JSONValue) throws(InterchangeError) -> [JSONValue] { try value.array() }

  static func asDoubles(_ value: JSONValue) throws(InterchangeError) -> [Double] { try value.doubles() }
}

extension JSONValue {
  /// Reads every element of a list; errors give its index.
  func map<Result>(
    _ body: (JSONValue) throws(InterchangeError) -> Result
  ) throws(InterchangeError) -> [Result] {
    let elements = try array()
    var results: [Result] = []
    results.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      do { results.append(try body(element)) } catch { throw error.under("[\(index)]") }
    }
    return results
  }

  /// A list of numbers; of exactly `count`, where that is given.
  func doubles(count: Int? = nil) throws(InterchangeError) -> [Double] {
    let values = try map(Self.asDouble)
    if let count, values.count != count {
      throw InterchangeError(
        .invalid, problem: "\(values.count) numbers where \(count) belong",
        remedy: "check that the file is of the format and keypoint set named")
    }
    return values
  }

  /// x, y, width, height.
  static func asBox(_ value: JSONValue) throws(InterchangeError) -> Box {
    let numbers = try value.doubles(count: 4)
    return Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }
}
