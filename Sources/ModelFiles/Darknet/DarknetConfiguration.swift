package import Foundation

/// A `.cfg` file of Darknet (https://github.com/pjreddie/darknet): sections `[name]` with lines `key=value`; `#` and `;` begin
/// comments.
package struct DarknetConfiguration: Sendable {
  package struct Section: Sendable {
    package var name: String
    package var options: [String: String] = [:]

    package func integer(_ key: String) -> Int? { options[key].flatMap(Int.init) }

    /// Numbers between commas.
    package func list(_ key: String) -> [Double]? {
      guard let texts = options[key]?.split(separator: ",") else { return nil }
      let numbers = texts.compactMap { Double($0.trimmingCharacters(in: .whitespaces)) }
      return numbers.count == texts.count ? numbers : nil
    }
  }

  /// The path, as messages name it.
  package let name: String
  package let sections: [Section]

  /// No network's is longer.
  private static let limit = 1 << 20

  /// Throws where the file cannot be read or is none.
  package init(contentsOf url: URL) throws {
    let source = try ByteSource(contentsOf: url)
    guard source.count <= Self.limit else {
      throw ModelFileError(.unsupported, "\(source.name): is too long for a configuration of Darknet")
    }
    try self.init(String(decoding: source.bytes(at: 0, count: source.count), as: UTF8.self), name: source.name)
  }

  package init(_ text: String, name: String) throws {
    self.name = name
    var sections: [Section] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let line = line.trimmingCharacters(in: .whitespaces)
      guard let first = line.first, first != "#", first != ";" else { continue }
      if first == "[", line.last == "]" {
        sections.append(Section(name: line.dropFirst().dropLast().lowercased()))
      } else if let equals = line.firstIndex(of: "="), !sections.isEmpty {
        let key = line[..<equals].trimmingCharacters(in: .whitespaces)
        let value = line[line.index(after: equals)...].trimmingCharacters(in: .whitespaces)
        sections[sections.count - 1].options[key] = value
      } else {
        throw ModelFileError(
          .malformed, "\(name): line \(index + 1) is neither a [section] nor key=value; is this a .cfg file of Darknet?"
        )
      }
    }
    self.sections = sections
  }
}
