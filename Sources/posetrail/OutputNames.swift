private import Foundation
private import Pipeline

/// Names the results after the videos.
enum OutputNames {
  /// The name of each video; a number tells those of one name apart: `clip`, `clip-2`.
  static func stems(for videos: [String]) -> [String] {
    var used: Set<String> = []
    return videos.map { video in
      let plain = URL(filePath: video).videoName
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
