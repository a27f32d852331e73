internal import Files
internal import Pose

extension Skeleton {
  /// `{"name", "joints": [{"name", "side", "flip", "sigma"}], "limbs": [[from, to, side]]}`
  var json: String {
    JSONText.object([
      "name": JSONText.string(name),
      "joints": JSONText.array(
        joints.map {
          JSONText.object([
            "name": JSONText.string($0.name), "side": JSONText.string($0.side.rawValue), "flip": "\($0.flipIndex)",
            "sigma": "\($0.sigma)",
          ])
        }),
      "limbs": JSONText.array(limbs.map { "[\($0.from),\($0.to),\(JSONText.string($0.side.rawValue))]" }),
    ])
  }

  init(_ json: JSONValue) throws(FileError) {
    let name = try json.string("name")
    let rows = try json.read("joints", JSONValue.asArray)
    var joints: [Joint] = []
    for (index, row) in rows.enumerated() {
      joints.append(
        try FileError.at("joints[\(index)]") { () throws(FileError) in
          Joint(
            name: try row.string("name"),
            side: try row.read("side", Self.side),
            flipIndex: try row.read("flip") { (value) throws(FileError) in try Self.joint(value, of: rows.count)
            },
            sigma: try row.double("sigma"))
        })
    }
    var limbs: [Limb] = []
    let ends = try json.read("limbs", JSONValue.asArray)
    for (index, limb) in ends.enumerated() {
      limbs.append(
        try FileError.at("limbs[\(index)]") { () throws(FileError) in
          let parts = try limb.array()
          guard parts.count == 3 else {
            throw FileError(.invalid, problem: "not [from, to, side]", remedy: "write the file again")
          }
          return Limb(
            try Self.joint(parts[0], of: rows.count), try Self.joint(parts[1], of: rows.count),
            side: try Self.side(parts[2]))
        })
    }
    self.init(name: name, joints: joints, limbs: limbs)
  }

  private static func side(_ value: JSONValue) throws(FileError) -> Side {
    guard let side = Side(rawValue: try value.string()) else {
      throw FileError(.invalid, problem: "no such side", remedy: "use left, right or center")
    }
    return side
  }

  private static func joint(_ value: JSONValue, of count: Int) throws(FileError) -> Int {
    let index = try value.integer()
    guard (0..<count).contains(index) else {
      throw FileError(.invalid, problem: "there is no joint \(index)", remedy: "count from 0 to \(count - 1)")
    }
    return index
  }
}
