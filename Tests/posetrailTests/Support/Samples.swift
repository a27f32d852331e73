internal import Foundation
private import Interchange
private import TestSupport

/// What lies in `Samples/`.
enum Samples {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Samples")
  static let clip = folder.appending(path: "crossing.mp4")
}

extension Workplace {
  /// Puts the first frames of the sample's poses here, as `crossing.posetrack.json`.
  func takeSample(frames: Int) throws {
    var sample = try Recording(Samples.folder.appending(path: "crossing.posetrack.json"))
    sample.frames = Array(sample.frames.prefix(frames))
    try sample.write(to: url("crossing.posetrack.json"), as: .poseTrack)
  }
}
