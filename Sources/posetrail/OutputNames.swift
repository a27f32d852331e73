private import Foundation

/// Names the results after the videos.
enum OutputNames {
  /// The name of each video without its extension; a number tells those of one name apart: `clip`, `clip-2`.
  static func stems(for videos: [String]) -> [String] {
    var used: Set<String> = []
    return videos.map { video in
      let url = URL(filePath: video).standardizedFileURL
      let name = url.hasDirectoryPath ? url.lastPathComponent : url.deletingPathExtension().lastPathComponent
      let plain = name.isEmpty || name == "/" ? "video" : name
      var stem = plain
      var number = 2
      while !used.insert(stem).inserted {
        stem = "\(plain)-\(number)"
        number += 1
      }
      return stem
    }
  }
}
