public import Foundation

/// SHA-256 of files, to tell a source or a model from others of its name.
public enum FileDigest {
  /// The digest of a file's bytes, in hexadecimal.
  public static func sha256(of file: URL) throws(FileError) -> String {
    var digest = SHA256()
    try digest.update(contentsOf: file)
    return digest.finish()
  }

  public static func sha256(of data: Data) -> String {
    var digest = SHA256()
    data.withUnsafeBytes { digest.update($0) }
    return digest.finish()
  }
}

extension SHA256 {
  public mutating func update(contentsOf file: URL) throws(FileError) {
    do {
      let handle = try FileHandle(forReadingFrom: file)
      defer { try? handle.close() }
      while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
        chunk.withUnsafeBytes { update($0) }
      }
    } catch {
      throw FileError(
        .inaccessible, file: file.path, problem: "cannot be read (\(error.localizedDescription))",
        remedy: "check the name and the rights of the file")
    }
  }
}
