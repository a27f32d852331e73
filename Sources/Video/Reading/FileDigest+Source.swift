package import Files
package import Foundation

extension FileDigest {
  /// The digest of what a video is read from. Of a folder: that of the names and contents of its images, in the order they
  /// are read.
  package static func sha256(ofSource source: URL) throws -> String {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: source.path, isDirectory: &isFolder), isFolder.boolValue else {
      return try sha256(of: source)
    }
    var digest = SHA256()
    for image in try ImageFolder.images(source) {
      Array(image.lastPathComponent.utf8).withUnsafeBytes { digest.update($0) }
      try digest.update(contentsOf: image)
    }
    return digest.finish()
  }
}
