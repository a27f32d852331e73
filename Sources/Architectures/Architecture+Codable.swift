internal import Files
private import Foundation

/// Architectures in model descriptions: `{"backbone": {"type": "resnet", "depth": 50}, "head": {"type": "heatmap"}}`. What is
/// not stated is as in the published networks. A written architecture states everything.
extension Architecture: Codable {
  private enum Keys: String, CodingKey, CaseIterable { case backbone, head }

  /// Throws `ArchitectureError` that names the key.
  package init(from decoder: any Decoder) throws {
    guard case .object(let parts) = try JSONValue(from: decoder) else {
      throw ArchitectureError("must be an object with \"backbone\" and \"head\", or the name of a published model")
    }
    if let stranger = parts.keys.first(where: { Keys(rawValue: $0) == nil }) {
      let known = Keys.allCases.map(\.rawValue).joined(separator: ", ")
      throw ArchitectureError("\"\(stranger)\" is not known in an architecture; known are \(known)")
    }
    let backbone = try PartDescription(parts["backbone"], "backbone", of: Self.backbones) { $0.type }
    let standardHead = JSONValue.object(["type": .string(HeatmapHead.type)])
    let head = try PartDescription(parts["head"] ?? standardHead, "head", of: Self.heads) { $0.type }
    func open(_ family: (some Backbone).Type) throws -> any Backbone { try backbone.part(of: family) }
    func open(_ family: (some Head).Type) throws -> any Head { try head.part(of: family) }
    self.backbone = try open(backbone.family)
    self.head = try open(head.family)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(JSONValue(describing: backbone), forKey: .backbone)
    try container.encode(JSONValue(describing: head), forKey: .head)
  }
}

/// One object of an architecture: a family and the sizes that differ from the published ones.
struct PartDescription<Family> {
  let family: Family
  private let name: String
  private let sizes: [String: JSONValue]

  init(_ value: JSONValue?, _ name: String, of families: [Family], type: (Family) -> String) throws {
    guard case .object(var sizes)? = value, case .string(let wanted)? = sizes.removeValue(forKey: "type"),
      let family = families.first(where: { type($0) == wanted })
    else {
      throw ArchitectureError("\"\(name).type\" must be one of \(families.map(type).joined(separator: ", "))")
    }
    self.family = family
    self.name = name
    self.sizes = sizes
  }

  func part<Part: NetworkPart>(of family: Part.Type) throws -> Part {
    guard case .object(var whole) = try JSONValue(describing: family.published) else {
      preconditionFailure("structures are encoded as objects")
    }
    for (key, value) in sizes {
      guard let standard = whole[key] else {
        throw ArchitectureError(
          "\"\(name).\(key)\" is not known here; known are \(whole.keys.sorted().joined(separator: ", "))")
      }
      try check(value, key, like: standard)
      whole[key] = value
    }
    do {
      return try JSONDecoder.snakeCase.decode(Part.self, from: JSONEncoder().encode(JSONValue.object(whole)))
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
      throw ArchitectureError(
        "\"\(name).\(context.codingPath.first?.stringValue ?? "")\" has a value of the wrong type: \(context.debugDescription)"
      )
    }
  }

  /// Keeps hostile files from asking for networks that no memory holds.
  private func check(_ value: JSONValue, _ key: String, like standard: JSONValue?) throws {
    switch (value, standard) {
    case (.array(let list), _):
      guard list.count <= 64 else { throw ArchitectureError("\"\(name).\(key)\" has more than 64 entries") }
      for entry in list { try check(entry, key, like: (try? standard?.array())?.first) }
    case (.number, .integer):
      throw ArchitectureError("\"\(name).\(key)\" must be a whole number")
    case (.integer, _), (.number, _):
      guard try (0...8192).contains(value.double()) else {
        throw ArchitectureError("\"\(name).\(key)\" must lie between 0 and 8192")
      }
    case (.null, _), (.bool, _), (.string, _), (.object, _): return
    }
  }
}

extension JSONValue {
  /// A part as an object: its type, and its properties in snake case.
  init<Part: NetworkPart>(describing part: Part) throws {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    self = try JSONDecoder().decode(JSONValue.self, from: encoder.encode(part))
    if case .object(var keys) = self {
      keys["type"] = .string(Part.type)
      self = .object(keys)
    }
  }
}

extension JSONDecoder {
  fileprivate static var snakeCase: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }
}
