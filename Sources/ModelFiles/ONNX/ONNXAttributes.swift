internal import Foundation

/// The attributes of one node. Remembers which were asked for, so that what nobody understands is an error.
final class ONNXAttributes {
  private let attributes: [ProtoAttribute]
  private let place: String
  private var read: Set<String> = []

  init(_ attributes: [ProtoAttribute], place: String) {
    self.attributes = attributes
    self.place = place
  }

  private enum Kind: Int32 {
    case float = 1
    case int, string, tensor
    case floats = 6
    case ints
  }

  private func attribute(_ name: String, _ kind: Kind) throws -> ProtoAttribute? {
    read.insert(name)
    guard let attribute = attributes.first(where: { $0.name == name }) else { return nil }
    guard attribute.refAttrName.isEmpty else {
      throw ModelFileError(
        .unsupported, "\(place): the attribute \(name) refers to a function's parameter, which is not supported")
    }
    guard attribute.type == kind.rawValue || attribute.type == 0 else {
      throw ModelFileError(.malformed, "\(place): the attribute \(name) has the wrong type")
    }
    return attribute
  }

  func float(_ name: String, _ standard: Float) throws -> Float { try attribute(name, .float)?.f ?? standard }

  func float(_ name: String) throws -> Float? { try attribute(name, .float)?.f }

  func int(_ name: String, _ standard: Int) throws -> Int { try attribute(name, .int).map { Int($0.i) } ?? standard }

  func int(_ name: String) throws -> Int? { try attribute(name, .int).map { Int($0.i) } }

  func flag(_ name: String, _ standard: Bool = false) throws -> Bool { try int(name, standard ? 1 : 0) != 0 }

  func string(_ name: String, _ standard: String) throws -> String {
    try attribute(name, .string).map { String(decoding: $0.s, as: UTF8.self) } ?? standard
  }

  func ints(_ name: String) throws -> [Int]? { try attribute(name, .ints)?.ints.map { Int($0) } }

  func floats(_ name: String) throws -> [Float]? { try attribute(name, .floats)?.floats }

  func tensor(_ name: String) throws -> ProtoArray? { try attribute(name, .tensor)?.t }

  /// An axis; within the rank that any tensor here may have.
  func axis(_ name: String = "axis", _ standard: Int) throws -> Int {
    let axis = try int(name, standard)
    guard abs(axis.clamped) <= ScalarType.maximumRank else {
      throw ModelFileError(.malformed, "\(place): the attribute \(name) is \(axis)")
    }
    return axis
  }

  /// For attributes without effect here, such as the momentum of training.
  func ignore(_ names: String...) {
    read.formUnion(names)
  }

  /// For attributes that must have the value that means "off".
  func require(_ name: String, is wanted: Int) throws {
    let value = try int(name, wanted)
    guard value == wanted else {
      throw ModelFileError(.unsupported, "\(place): the attribute \(name) = \(value) is not supported")
    }
  }

  func requireAllRead() throws {
    if let attribute = attributes.first(where: { !read.contains($0.name) }) {
      throw ModelFileError(.unsupported, "\(place): the attribute \(attribute.name) is not supported")
    }
  }
}

extension Int {
  fileprivate var clamped: Int { Swift.min(Swift.max(self, -1 << 20), 1 << 20) }
}
