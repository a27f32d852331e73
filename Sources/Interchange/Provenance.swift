package import Files

/// From what and how poses were made.
package struct Provenance: Hashable, Sendable {
  /// A file that can be told from others of its name.
  package struct Source: Hashable, Sendable {
    package var name: String
    package var sha256: String

    package init(name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }
  }

  /// Of PoseTrail.
  package var version: String
  package var video: Source?
  package var model: Source?
  package var detector: Source?
  /// In pixels of the displayed frame.
  package var width: Int
  package var height: Int
  /// Everything else that the poses depend on: an object of objects, by subject and then by name.
  package var settings: JSONValue
  /// Of what the program was made and where it ran: commit, libraries, features of the processor. Results may differ by it in
  /// their last digits; it is told, and no reason not to go on.
  package var build: [String: String]

  package init(
    version: String, video: Source? = nil, model: Source? = nil, detector: Source? = nil, width: Int, height: Int,
    settings: JSONValue = .object([:]), build: [String: String] = [:]
  ) {
    (self.version, self.video, self.model, self.detector) = (version, video, model, detector)
    (self.width, self.height, self.settings, self.build) = (width, height, settings, build)
  }
}

extension Provenance {
  /// Replaces the settings of one subject.
  package mutating func set(_ subject: String, to value: JSONValue) {
    guard case .object(var members) = settings else { return }
    members[subject] = value
    settings = .object(members)
  }
}

extension Provenance {
  var json: JSONValue {
    var members: [String: JSONValue] = [
      "program": .string("PoseTrail"), "version": .string(version), "width": .integer(width),
      "height": .integer(height), "settings": settings,
    ]
    for (key, source) in [("video", video), ("model", model), ("detector", detector)] {
      members[key] = source.map { .object(["name": .string($0.name), "sha256": .string($0.sha256)]) }
    }
    if !build.isEmpty { members["build"] = .object(build.mapValues(JSONValue.string)) }
    return .object(members)
  }

  init(_ json: JSONValue) throws(FileError) {
    func source(_ value: JSONValue) throws(FileError) -> Source {
      Source(name: try value.string("name"), sha256: try value.string("sha256"))
    }
    version = try json.string("version")
    video = try json.readIfPresent("video", source)
    model = try json.readIfPresent("model", source)
    detector = try json.readIfPresent("detector", source)
    width = try json.integer("width")
    height = try json.integer("height")
    settings = try json.readIfPresent("settings", JSONValue.asObject) ?? .object([:])
    build = [:]
    if case .object(let members)? = json["build"] {
      for (name, value) in members {
        build[name] = try FileError.at(name) { () throws(FileError) in try value.string() }
      }
    }
  }
}

extension Provenance {
  /// What differs between this run and `other`, in words, with what it is in either; the names of files, and what ran them, don't
  /// count.
  package func differences(_ other: Provenance) -> [String] {
    json.differences(other.json).compactMap { difference in
      if difference.path.last == "name" || difference.path.first == "build" { return nil }
      if difference.path.last == "sha256" { return "the \(difference.path[0]) file" }
      return
        "\(Self.label(difference.path)) (\(Self.words(difference.first)) then, \(Self.words(difference.second)) now)"
    }
  }

  /// Settings are known by their own names; those of a model by the model, too.
  private static func label(_ path: [String]) -> String {
    let names = path.first == "settings" ? path.dropFirst(2) : path[...]
    return (names.isEmpty ? path.suffix(1) : names).joined(separator: ".")
  }

  private static func words(_ value: JSONValue) -> String {
    switch value {
    case .null: "none"
    case .string(let text): text
    case .object: "set"
    default: value.text
    }
  }
}
