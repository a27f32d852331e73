public import Foundation

/// SHA-256 of files, to tell a source or a model from others of its name.
public enum FileDigest {
  /// The digest of a file's bytes, in hexadecimal.
  public static func sha256(of file: URL) throws(FileError) -> String {
    var digest = SHA256()
    try digest.update(contentsOf: file)
    return digest.finish()
  }

  /// The digest of the bytes of several files, one after the other.
  public static func sha256(of files: [URL]) throws(FileError) -> String {
    var digest = SHA256()
    for file in files { try digest.update(contentsOf: file) }
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
    let descriptor = try Descriptor.reading(file)
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count: Int
      do throws(SystemError) {
        count = try descriptor.read(into: &chunk)
      } catch {
        throw FileError.unreadable(file, error)
      }
      guard count > 0 else { return }
      chunk.withUnsafeBytes { update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
  }
}
