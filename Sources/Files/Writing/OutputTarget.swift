public import Foundation

/// Where an output goes.
public enum OutputTarget: Hashable, Sendable {
  /// A file, or a folder of files; what is there may be replaced or not.
  case place(URL, overwrites: Bool)
  case standardOutput

  /// What a command is told: a path, or `-` for standard output.
  public init(_ argument: String, overwrites: Bool) {
    self = argument == "-" ? .standardOutput : .place(URL(filePath: argument), overwrites: overwrites)
  }

  /// What messages call it.
  public var name: String {
    switch self {
    case .place(let url, _): url.relativePath
    case .standardOutput: "standard output"
    }
  }
}
