internal import Foundation

/// What lies in `Samples/`.
enum Samples {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Samples")
  static let clip = folder.appending(path: "crossing.mp4")
}
