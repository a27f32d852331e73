public import Foundation

/// The folder of reference fixtures, real media and real models that may lie beside the checkout.
public enum SharedFiles {
  private static let package = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// `../shared` seen from the package, or nil where it is absent.
  public static let folder: URL? = {
    let folder = package.deletingLastPathComponent().appending(path: "shared")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  /// The file at `path` inside the shared folder, or nil, with the reason printed, where it is absent.
  public static func file(_ path: String) -> URL? {
    if let url = folder?.appending(path: path), FileManager.default.fileExists(atPath: url.path) {
      return url
    }
    print("skipped: shared/\(path) is not beside this checkout")
    return nil
  }

  /// A photo of `reference/preprocess/images`, decoded by OpenCV to PNG, so that results can be compared to the level; nil,
  /// with the reason printed, where neither the reference nor `Tools/check-parity` has it.
  public static func decodedPhoto(_ fileName: String) -> URL? {
    let name = URL(filePath: fileName).deletingPathExtension().lastPathComponent
    let places = [
      folder?.appending(path: "reference/preprocess/images/\(name).decoded.png"),
      package.appending(path: ".build/photos/\(name).png"),
    ]
    if let url = places.lazy.compactMap({ $0 }).first(where: { FileManager.default.fileExists(atPath: $0.path) }) {
      return url
    }
    print("skipped: the photo \(name); Tools/check-parity looks at it too")
    return nil
  }
}
