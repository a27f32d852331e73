package import Files
package import Foundation
internal import Tracking

/// Edits as they lie in a file.
package struct EditFile: Sendable {
  package let file: URL
  package let edits: Edits
  let sha256: String

  package init(_ file: URL) throws {
    (self.file, edits, sha256) = (file, try Edits(file), try FileDigest.sha256(of: file))
  }
}

extension Edits {
  private static let format = "posetrail-edits"
  private static let version = 1

  /// Reads a file of edits.
  package init(_ file: URL) throws(FileError) {
    self = try InputFile.read(file) { (bytes) throws(FileError) in
      let json = try JSONParser.parse(bytes)
      guard case .string(Self.format)? = json["format"] else {
        throw FileError(.malformed, problem: "is no file of edits", remedy: "give one that `posetrail tracks` wrote")
      }
      guard try json.integer("version") == Self.version else {
        throw FileError(.malformed, problem: "was written by a later PoseTrail", remedy: "use that")
      }
      var edits = Edits(fingerprint: try json.string("poses"))
      edits.list = try json.read("edits") { (list) throws(FileError) in try list.map(Edit.init) }
      return edits
    }
  }

  /// Writes it in place of what is there.
  package func write(to file: URL) throws(FileError) {
    let lines = list.map { "  " + $0.json.text }
    let text = """
      {"format":"\(Self.format)","version":\(Self.version),"poses":"\(fingerprint)","edits":[
      \(lines.joined(separator: ",\n"))
      ]}

      """
    try OutputFile.write(Data(text.utf8), to: file, overwrites: true)
  }
}

extension Edits.Edit {
  fileprivate init(_ json: JSONValue) throws(FileError) {
    self.init(text: try json.string("edit"))
    mustLinks = try json.readIfPresent("must_links", Self.pairs) ?? []
    cannotLinks = try json.readIfPresent("cannot_links", Self.pairs) ?? []
    deleted = try json.readIfPresent("deleted") { (ids) throws(FileError) in try ids.map(JSONValue.asInteger) } ?? []
    names =
      try json.readIfPresent("names") { (names) throws(FileError) in
        try names.map { (name) throws(FileError) in
          Edits.Name(
            place: Edits.Spot(frame: try name.integer("frame"), id: try name.integer("id")),
            name: try name.string("name"))
        }
      } ?? []
  }

  private static func pairs(_ json: JSONValue) throws(FileError) -> [LinkConstraints.Pair] {
    try json.map { (pair) throws(FileError) in
      let spots = try pair.map { (spot) throws(FileError) in
        let numbers = try spot.map(JSONValue.asInteger)
        guard numbers.count == 2 else {
          throw FileError(.invalid, problem: "is no place", remedy: "write [frame, id]")
        }
        return Edits.Spot(frame: numbers[0], id: numbers[1])
      }
      guard spots.count == 2 else { throw FileError(.invalid, problem: "is no pair", remedy: "write two places") }
      return LinkConstraints.Pair(spots[0], spots[1])
    }
  }

  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = ["edit": .string(text)]
    if !mustLinks.isEmpty { members["must_links"] = .array(mustLinks.map(\.json)) }
    if !cannotLinks.isEmpty { members["cannot_links"] = .array(cannotLinks.map(\.json)) }
    if !deleted.isEmpty { members["deleted"] = .array(deleted.map(JSONValue.integer)) }
    if !names.isEmpty {
      members["names"] = .array(
        names.map {
          .object(["frame": .integer($0.place.frame), "id": .integer($0.place.id), "name": .string($0.name)])
        })
    }
    return .object(members)
  }
}

extension LinkConstraints.Pair {
  fileprivate var json: JSONValue {
    .array(
      [first, second].compactMap { place in
        place.track.map { .array([.integer(place.frame), .integer($0)]) }
      })
  }
}

extension LinkConstraints.Place {
  /// The identity that is meant; nil where a pose is told otherwise.
  var track: Int? { if case .track(let id) = person { id } else { nil } }
}
