/// Any key of a description, so that keys nobody knows can be reported instead of passed over.
struct DescriptionKey: CodingKey, Hashable {
  var stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) {
    self.stringValue = stringValue
  }

  init?(intValue: Int) {
    nil
  }

  init(_ key: some CodingKey) {
    stringValue = key.stringValue
  }
}

extension KeyedDecodingContainer<DescriptionKey> {
  /// Fails where the object holds a key that is not among `known`.
  func rejectUnknownKeys(_ known: [String]) throws {
    guard let stranger = allKeys.first(where: { !known.contains($0.stringValue) }) else { return }
    throw DecodingError.dataCorruptedError(
      forKey: stranger, in: self, debugDescription: "is not known here; known are \(known.joined(separator: ", "))")
  }

  /// One of the names of `Names`; fails with all of them for another.
  func decodeName<Names>(_ names: Names.Type, forKey key: some CodingKey) throws -> Names
  where Names: RawRepresentable<String> & CaseIterable {
    let name = Names(rawValue: try decode(String.self, forKey: DescriptionKey(key)))
    guard let name else {
      throw DecodingError.dataCorruptedError(
        forKey: DescriptionKey(key), in: self,
        debugDescription: "must be one of \(Names.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return name
  }

  /// Fails with "must be `expected`" under `key` where `condition` does not hold.
  func check(_ key: some CodingKey, _ condition: Bool, _ expected: String) throws {
    guard !condition else { return }
    throw DecodingError.dataCorruptedError(
      forKey: DescriptionKey(key), in: self, debugDescription: "must be \(expected)")
  }
  func checkThreshold(_ key: some CodingKey, _ value: Double) throws {
    try check(key, (0...1).contains(value), "a number from 0 to 1")
  }

  /// A number from 0 to 1, or `standard` where there is none.
  func decodeThreshold(_ key: some CodingKey, default standard: Double) throws -> Double {
    let value = try decodeIfPresent(Double.self, forKey: DescriptionKey(key)) ?? standard
    try checkThreshold(key, value)
    return value
  }
}
