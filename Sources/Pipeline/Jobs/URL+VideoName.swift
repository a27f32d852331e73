public import Foundation

extension URL {
  /// What results of a video are named after: the name of its file without the extension, or that of the folder.
  public var videoName: String {
    let url = standardizedFileURL
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
    let name = exists && isFolder.boolValue ? url.lastPathComponent : url.deletingPathExtension().lastPathComponent
    return name.isEmpty || name == "/" ? "video" : name
  }
}
