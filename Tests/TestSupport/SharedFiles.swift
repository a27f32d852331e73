package import Foundation
private import Testing

/// The folder of reference fixtures, real media and real models that may lie beside the checkout. A test that asks for
/// what is not there is skipped, and the report says why.
package enum SharedFiles {
  private static let package = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let folder = package.deletingLastPathComponent().appending(path: "shared")

  /// The file or folder at `path` inside the shared folder.
  package static func file(_ path: String) throws -> URL {
    let url = folder.appending(path: path)
    if !FileManager.default.fileExists(atPath: url.path) {
      try skip("../shared/\(path) is not beside this checkout")
    }
    return url
  }

  /// A photo of `reference/preprocess/images`, decoded by OpenCV to PNG, so that results can be compared to the level: the
  /// reference has one, `Tools/check-parity` makes the others.
  package static func decodedPhoto(_ fileName: String) throws -> URL {
    let name = URL(filePath: fileName).deletingPathExtension().lastPathComponent
    let places = [
      folder.appending(path: "reference/preprocess/images/\(name).decoded.png"),
      package.appending(path: ".build/photos/\(name).png"),
    ]
    if let url = places.first(where: { FileManager.default.fileExists(atPath: $0.path) }) {
      return url
    }
    try skip("the photo \(name) is not decoded; Tools/check-parity looks at it too")
  }

  /// Also in words, since the console's report leaves out single cases of a table.
  private static func skip(_ reason: String) throws -> Never {
    print("skipped: \(reason)")
    try Test.cancel("\(reason)")
  }
}
