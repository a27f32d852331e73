private import Foundation

/// Finds the videos of a folder, by what their names end with, and those of the folders in it.
enum VideoSearch {
  private static let endings: Set<String> = [
    "3gp", "asf", "avi", "flv", "m2ts", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "mts", "mxf", "ogv", "ts", "vob",
    "webm", "wmv", "y4m",
  ]

  /// What a name stands for: itself, or the videos in it where it is a folder that has any.
  static func videos(_ name: String) -> [String] {
    let found = isFolder(name) ? search(name) : []
    return found.isEmpty ? [name] : found
  }

  /// Whether a name stands for what is in it.
  static func isSearched(_ name: String) -> Bool { isFolder(name) && !search(name).isEmpty }

  private static func isFolder(_ name: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: name, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// In the order of their names. What is hidden, and annotated videos of our own, are left out.
  private static func search(_ folder: String) -> [String] {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    return names.filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      if isFolder(path) { return isLink(path) ? [] : search(path) }
      let isVideo = endings.contains((name as NSString).pathExtension.lowercased()) && !name.hasSuffix(".overlay.mp4")
      return isVideo ? [path] : []
    }
  }

  /// Links to folders may lead in a circle.
  private static func isLink(_ path: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
  }
}
