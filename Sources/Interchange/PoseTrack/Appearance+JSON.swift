internal import Files
internal import Pose

extension Appearance {
  /// `{"torso":[…],"legs":[…]}`, without the part that is not known.
  var json: String {
    JSONText.object(["torso": torso.map(Self.list), "legs": legs.map(Self.list)])
  }

  init(_ json: JSONValue) throws(FileError) {
    self.init(
      torso: try json.readIfPresent("torso", Self.quantiles), legs: try json.readIfPresent("legs", Self.quantiles))
  }

  private static func list(_ quantiles: [Int8]) -> String { JSONText.array(quantiles.map(String.init)) }

  private static func quantiles(_ json: JSONValue) throws(FileError) -> [Int8] {
    let values = try json.map { (value) throws(FileError) in Int8(exactly: try value.integer()) }
    let quantiles = values.compactMap(\.self)
    guard values.count == Appearance.length, quantiles.count == values.count else {
      throw FileError(
        .invalid, problem: "is no list of \(Appearance.length) quantiles from -128 to 127",
        remedy: "write the file again")
    }
    return quantiles
  }
}
