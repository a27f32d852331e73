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

  public func required(_ key: String) throws(FileError) -> JSONValue {
    guard case .object = self else { throw mismatch("an object with \"\(key)\"") }
    guard let value = self[key] else {
      throw FileError(
        .invalid, problem: "\"\(key)\" is missing", remedy: "add it, or write the file again with its program")
    }
    return value
  }

  public func double() throws(FileError) -> Double {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: throw mismatch("a number")
    }
  }

  public func integer() throws(FileError) -> Int {
    if case .integer(let value) = self { return value }
    if case .number(let value) = self, let exact = Int(exactly: value) { return exact }
    throw mismatch("a whole number")
  }

  public func string() throws(FileError) -> String {
    guard case .string(let value) = self else { throw mismatch("a string") }
    return value
  }

  public func array() throws(FileError) -> [JSONValue] {
    guard case .array(let values) = self else { throw mismatch("a list") }
    return values
  }

  public func object() throws(FileError) -> JSONValue {
    guard case .object = self else { throw mismatch("an object") }
    return self
  }

  /// True for `true` and numbers other than 0, as annotation files use both.
  public func flag() throws(FileError) -> Bool {
    if case .bool(let value) = self { return value }
    return try double() != 0
  }

  private func mismatch(_ expected: String) -> FileError {
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
    return FileError(
      .invalid, problem: "\(found) where \(expected) belongs",
      remedy: "correct the value")
  }
}

/// Members of objects; errors name the key.
extension JSONValue {
  public func read<Result>(
    _ key: String, _ body: (JSONValue) throws(FileError) -> Result
  ) throws(FileError) -> Result {
    let value = try required(key)
    return try FileError.at(key) { () throws(FileError) in try body(value) }
  }

  public func readIfPresent<Result>(
    _ key: String, _ body: (JSONValue) throws(FileError) -> Result
  ) throws(FileError) -> Result? {
    guard let value = self[key] else { return nil }
    return try FileError.at(key) { () throws(FileError) in try body(value) }
  }

  public func string(_ key: String) throws(FileError) -> String { try read(key, Self.asString) }

  public func integer(_ key: String) throws(FileError) -> Int { try read(key, Self.asInteger) }

  public func double(_ key: String) throws(FileError) -> Double { try read(key, Self.asDouble) }

  public static func asString(_ value: JSONValue) throws(FileError) -> String { try value.string() }

  public static func asInteger(_ value: JSONValue) throws(FileError) -> Int { try value.integer() }

  public static func asDouble(_ value: JSONValue) throws(FileError) -> Double { try value.double() }

  public static func asFlag(_ value: JSONValue) throws(FileError) -> Bool { try value.flag() }

  public static func asArray(_ value: JSONValue) throws(FileError) -> [JSONValue] { try value.array() }

  public static func asObject(_ value: JSONValue) throws(FileError) -> JSONValue { try value.object() }

  public static func asDoubles(_ value: JSONValue) throws(FileError) -> [Double] { try value.doubles() }
}

extension JSONValue {
  /// Reads every element of a list; errors give its index.
  public func map<Result>(
    _ body: (JSONValue) throws(FileError) -> Result
  ) throws(FileError) -> [Result] {
    let elements = try array()
    var results: [Result] = []
    results.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      do { results.append(try body(element)) } catch { throw error.under("[\(index)]") }
    }
    return results
  }

  /// A list of numbers; of exactly `count`, where that is given.
  public func doubles(count: Int? = nil) throws(FileError) -> [Double] {
    let values = try map(Self.asDouble)
    if let count, values.count != count {
      throw FileError(
        .invalid, problem: "\(values.count) numbers where \(count) belong",
        remedy: "check that the file is of the format and keypoint set named")
    }
    return values
  }
}
