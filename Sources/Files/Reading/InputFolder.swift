public import Foundation

/// A folder of files that are read one by one.
public struct InputFolder: Sendable {
  /// What messages call it.
  public let name: String
  /// The paths of the files in it and in the folders in it, sorted.
  public let files: [String]
  private let url: URL

  /// nil where there is no folder.
  public init?(_ url: URL) throws(FileError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue else {
      return nil
    }
    self.url = url
    name = url.relativePath
    do {
      files = try FileManager.default.subpathsOfDirectory(atPath: url.path).sorted()
    } catch {
      throw FileError(
        .unreadable, url, "can't be looked into: \(SystemError.reason(of: error))", remedy: "check its rights")
    }
  }

  /// A file by its path in the folder.
  public func text(_ path: String) throws(FileError) -> InputText { try InputText(url.appending(path: path)) }

  /// The bytes of a small file by its path in the folder.
  public func bytes(_ path: String) throws(FileError) -> [UInt8] {
    try InputFile.bytes(of: url.appending(path: path))
  }

  /// What messages call a file in it.
  public func name(of path: String) -> String { url.appending(path: path).relativePath }
}
