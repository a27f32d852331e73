internal import Foundation
private import ModelFiles

/// The bytes of a description's file.
enum DescriptionFile {
  /// No description is longer.
  private static let limit = 1 << 20

  /// Throws where it is no regular file, cannot be read or is too long.
  static func read(_ file: URL) throws -> Data {
    let source = try ByteSource(contentsOf: file)
    guard source.count <= limit else {
      throw ModelError(
        .unusable, "\(file.relativePath): has \(source.count) bytes; a model description has \(limit) at most")
    }
    return Data(try source.bytes(at: 0, count: source.count))
  }
}
