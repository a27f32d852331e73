internal import Foundation

/// Names the results after the videos.
enum OutputNames {
  /// The name of each video; a number tells those of one name apart: `clip`, `clip-2`.
  static func stems(for videos: [String]) -> [String] {
    var used: Set<String> = []
    return videos.map { video in
      let plain = plainStem(of: URL(filePath: video))
      var stem = plain
      var number = 2
      while !used.insert(stem).inserted {
        stem = "\(plain)-\(number)"
        number += 1
      }
      return stem
    }
  }

  /// The name of a file without its extension, or that of a folder.
  static func plainStem(of video: URL) -> String {
    let url = video.standardizedFileURL
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
    let name = exists && isFolder.boolValue ? url.lastPathComponent : url.deletingPathExtension().lastPathComponent
    return name.isEmpty || name == "/" ? "video" : name
  }
}
