internal import Files

/// From what and how poses were made.
public struct Provenance: Hashable, Sendable {
  /// A file that can be told from others of its name.
  public struct Source: Hashable, Sendable {
    public var name: String
    public var sha256: String

    public init(name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }
  }

  /// Of PoseTrail.
  public var version: String
  public var video: Source?
  public var model: Source?
  public var detector: Source?
  /// In pixels of the displayed frame.
  public var width: Int
  public var height: Int
  /// Thresholds and options by name, as text.
  public var settings: [String: String]

  public init(
    version: String, video: Source? = nil, model: Source? = nil, detector: Source? = nil, width: Int, height: Int,
    settings: [String: String] = [:]
  ) {
    (self.version, self.video, self.model, self.detector) = (version, video, model, detector)
    (self.width, self.height, self.settings) = (width, height, settings)
  }

  var json: String {
    JSONText.object([
      "program": JSONText.string("PoseTrail"), "version": JSONText.string(version), "video": video?.json,
      "model": model?.json, "detector": detector?.json, "width": "\(width)", "height": "\(height)",
      "settings": "{"
        + settings.sorted { $0.key < $1.key }
        .map { "\(JSONText.string($0)):\(JSONText.string($1))" }.joined(separator: ",") + "}",
    ])
  }

  init(_ json: JSONValue) throws(FileError) {
    func source(_ value: JSONValue) throws(FileError) -> Source {
      Source(
        name: try value.string("name"),
        sha256: try value.string("sha256"))
    }
    version = try json.string("version")
    video = try json.readIfPresent("video", source)
    model = try json.readIfPresent("model", source)
    detector = try json.readIfPresent("detector", source)
    width = try json.integer("width")
    height = try json.integer("height")
    settings = [:]
    if case .object(let members)? = json["settings"] {
      for (key, value) in members {
        settings[key] = try FileError.at(key) { () throws(FileError) in try value.string() }
      }
    }
  }
}

extension Provenance.Source {
  fileprivate var json: String {
    JSONText.object(["name": JSONText.string(name), "sha256": JSONText.string(sha256)])
  }
}
