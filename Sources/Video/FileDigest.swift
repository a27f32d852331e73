public import Foundation

/// SHA-256 of files, to tell a source or a model from others of its name.
public enum FileDigest {
  /// The digest in hexadecimal. Of a folder: that of the names and contents of its images, in the order they are read.
  public static func sha256(of url: URL) throws -> String {
    var digest = SHA256()
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue {
      for image in try ImageFolder.images(url) {
        Array(image.lastPathComponent.utf8).withUnsafeBytes { digest.update($0) }
        try digest.update(contentsOf: image)
      }
    } else {
      try digest.update(contentsOf: url)
    }
    return digest.finish()
  }

  public static func sha256(of data: Data) -> String {
    var digest = SHA256()
    data.withUnsafeBytes { digest.update($0) }
    return digest.finish()
  }
}

extension SHA256 {
  fileprivate mutating func update(contentsOf file: URL) throws {
    guard let handle = FileHandle(forReadingAtPath: file.path) else {
      throw VideoError(.unreadable, file: file, "cannot be read; check the rights of the file")
    }
    defer { try? handle.close() }
    while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
      chunk.withUnsafeBytes { update($0) }
    }
  }
}
