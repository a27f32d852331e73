package import Foundation
package import Interchange

/// Where the results of one video go.
package struct TrackOutputs: Hashable, Sendable {
  package var poses: URL
  package var video: URL
  /// There while a job is under way or interrupted, gone once it is done.
  package var journal: URL

  /// `folder`/`stem`.posetrack.json and so on; the annotated video of a photo is a photo.
  package init(folder: URL, stem: String, isPhoto: Bool = false) {
    poses = folder.appending(path: "\(stem).posetrack.json")
    video = folder.appending(path: "\(stem).overlay.\(isPhoto ? "jpg" : "mp4")")
    journal = folder.appending(path: "\(stem).posetrack.journal")
  }

  /// The poses in another format.
  package func poses(in format: RecordingFormat) -> URL {
    let name = String(poses.lastPathComponent.dropLast(".posetrack.json".count))
    return poses.deletingLastPathComponent().appending(path: name + format.ending)
  }

  package func files(withVideo: Bool) -> [URL] { withVideo ? [poses, video] : [poses] }

  package func exist(withVideo: Bool) -> Bool {
    files(withVideo: withVideo).allSatisfy { FileManager.default.fileExists(atPath: $0.path) }
  }
}
