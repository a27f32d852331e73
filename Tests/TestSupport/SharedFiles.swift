public import Foundation

/// The folder of reference fixtures, real media and real models that may lie beside the checkout.
public enum SharedFiles {
  /// `../shared` seen from the package, or nil where it is absent.
  public static let folder: URL? = {
    let package = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
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
}
