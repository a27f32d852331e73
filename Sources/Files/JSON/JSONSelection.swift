/// The members of objects that a reader wants, of which it knows the names; all others are passed over.
public struct JSONSelection: Sendable {
  /// What becomes of a member.
  enum Choice {
    case keep(String)
    /// Only whether it holds something.
    case ask(String)
    case pass
  }

  private let names: [String]
  private let texts: [[UInt8]]
  /// How many of the names are kept. The others are asked.
  private let keptCount: Int

  /// - Parameter asked: Members of which only is asked whether they hold something: true, or false for null and for empty
  ///   lists and objects.
  public init(keeping kept: Set<String>, asking asked: Set<String> = []) {
    names = Array(kept) + asked.subtracting(kept)
    texts = names.map { Array($0.utf8) }
    keptCount = kept.count
  }

  /// - Parameter key: In UTF-8.
  func choice(_ key: UnsafeBufferPointer<UInt8>) -> Choice {
    for index in texts.indices where texts[index].count == key.count && texts[index].elementsEqual(key) {
      return index < keptCount ? .keep(names[index]) : .ask(names[index])
    }
    return .pass
  }
}

extension JSONParser {
  /// The next value; of an object only the members that are selected, which is faster.
  public mutating func value(_ selection: JSONSelection) throws(FileError) -> JSONValue {
    guard try peek() == UInt8(ascii: "{") else { return try value() }
    var members = [String: JSONValue](minimumCapacity: 6)
    try enclosed("{", "}") { (parser) throws(FileError) in
      switch try parser.key(selection) {
      case .keep(let name): members[name] = try parser.value()
      case .ask(let name): members[name] = .bool(try parser.skip())
      case .pass: try parser.skip()
      }
    }
    return .object(members)
  }

  private mutating func key(_ selection: JSONSelection) throws(FileError) -> JSONSelection.Choice {
    let start = try keyStart()
    let plain = text.bytes.withUnsafeBufferPointer { bytes in
      PlainString(bytes, at: start).flatMap { $0.isASCII ? ($0.end, selection.choice($0.content)) : nil }
    }
    guard let (end, choice) = plain else {
      let key = Array(try string().utf8)
      try colon()
      return key.withUnsafeBufferPointer(selection.choice)
    }
    text.position = end
    try colon()
    return choice
  }
}
