private import Foundation

/// Architectures in model descriptions: `{"backbone": {"type": "resnet", "depth": 50}, "head": {"type": "heatmap"}}`. The
/// keys are the properties of the types in snake case; what is not stated is as in the published networks.
extension Architecture {
  /// - Parameter object: what `JSONSerialization` read.
  /// - Throws: `DescriptionError` that names the key.
  public init(json object: Any) throws {
    guard let parts = object as? [String: Any] else {
      throw DescriptionError("must be an object with \"backbone\" and \"head\", or the name of a published model")
    }
    if let stranger = parts.keys.first(where: { !["backbone", "head"].contains($0) }) {
      throw DescriptionError("\"\(stranger)\" is not known in an architecture; known are backbone, head")
    }
    try self.init(Backbone(json: parts["backbone"] ?? [:]), Head(json: parts["head"] ?? ["type": "heatmap"]))
  }
}

extension Architecture.Backbone {
  private enum Kind: String, CaseIterable {
    case resnet, hrnet, litehrnet
    case vipnasResnet = "vipnas_resnet"
    case vipnasMobilenet = "vipnas_mobilenet"
    case mobilenetv2, cspnext, vit
  }

  fileprivate init(json object: Any) throws {
    let part = try ArchitecturePart<Kind>(object, "backbone")
    switch part.kind {
    case .resnet: self = .resnet(try part.decode(over: ResNet(depth: 50)))
    case .hrnet: self = .hrnet(try part.decode(over: HRNet(width: 32)))
    case .litehrnet: self = .litehrnet(try part.decode(over: LiteHRNet(stageModules: [2, 4, 2])))
    case .vipnasResnet: self = .vipnasResnet(try part.decode(over: ViPNASResNet()))
    case .vipnasMobilenet: self = .vipnasMobilenet(try part.decode(over: ViPNASMobileNet()))
    case .mobilenetv2: self = .mobilenetv2(try part.decode(over: MobileNetV2()))
    case .cspnext: self = .cspnext(try part.decode(over: CSPNeXt(width: 1, depth: 1)))
    case .vit: self = .vit(try part.decode(over: VisionTransformer(channels: 768, layers: 12, heads: 12)))
    }
  }
}

extension Architecture.Head {
  private enum Kind: String, CaseIterable {
    case heatmap, simcc
    case simccLinear = "simcc_linear"
  }

  fileprivate init(json object: Any) throws {
    let part = try ArchitecturePart<Kind>(object, "head")
    switch part.kind {
    case .heatmap: self = .heatmap(try part.decode(over: HeatmapHead()))
    case .simcc: self = .simcc(try part.decode(over: SimCCHead()))
    case .simccLinear: self = .simccLinear(try part.decode(over: SimCCLinearHead()))
    }
  }
}

/// One object of an architecture: a type and the sizes that differ from the published ones.
private struct ArchitecturePart<Kind: RawRepresentable & CaseIterable> where Kind.RawValue == String {
  let kind: Kind
  private let name: String
  private let sizes: [String: Any]

  init(_ object: Any, _ name: String) throws {
    var sizes = object as? [String: Any] ?? [:]
    guard let type = sizes.removeValue(forKey: "type") as? String, let kind = Kind(rawValue: type) else {
      throw DescriptionError(
        "\"\(name).type\" must be one of \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self.kind = kind
    self.name = name
    self.sizes = sizes
  }

  func decode<Part: Codable>(over standard: Part) throws -> Part {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard var whole = try JSONSerialization.jsonObject(with: encoder.encode(standard)) as? [String: Any] else {
      preconditionFailure("structures are encoded as objects")
    }
    for (key, value) in sizes {
      guard whole[key] != nil else {
        throw DescriptionError(
          "\"\(name).\(key)\" is not known here; known are type, \(whole.keys.sorted().joined(separator: ", "))")
      }
      try check(value, key)
      whole[key] = value
    }
    do {
      return try decoder.decode(Part.self, from: JSONSerialization.data(withJSONObject: whole))
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
      throw DescriptionError(
        "\"\(name).\(context.codingPath.first?.stringValue ?? "")\" has a value of the wrong type: \(context.debugDescription)"
      )
    }
  }

  /// Keeps hostile files from asking for networks that no memory holds.
  private func check(_ value: Any, _ key: String) throws {
    switch value {
    case let list as [Any]:
      guard list.count <= 64 else { throw DescriptionError("\"\(name).\(key)\" has more than 64 entries") }
      for entry in list { try check(entry, key) }
    case let number as NSNumber:
      guard (0...8192).contains(number.doubleValue) else {
        throw DescriptionError("\"\(name).\(key)\" must lie between 0 and 8192")
      }
    default:
      return
    }
  }
}
