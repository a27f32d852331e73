internal import Foundation
internal import Interchange
private import Pipeline

/// Ground truth and predictions of the same videos: two files, or two folders with files of the same names.
enum PoseTrackPairs {
  static func read(truth: URL, predictions: URL) throws -> [(truth: PoseTrackFile, predictions: PoseTrackFile)] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: truth.path) else {
      return [(try PoseTrackFile(truth), try PoseTrackFile(predictions))]
    }
    let files = names.filter { $0.hasSuffix(".json") }.sorted()
    guard !files.isEmpty else {
      throw PipelineError(.unusable, "\(truth.relativePath): there are no .json files in this folder")
    }
    return try files.map { name in
      (try PoseTrackFile(truth.appending(path: name)), try PoseTrackFile(prediction(named: name, in: predictions)))
    }
  }

  /// `NAME.json`, or `NAME.posetrack.json` as `posetrail track` names it.
  private static func prediction(named name: String, in folder: URL) throws -> URL {
    let own = String(name.dropLast(".json".count)) + ".posetrack.json"
    for candidate in [name, own] where FileManager.default.fileExists(atPath: folder.appending(path: candidate).path) {
      return folder.appending(path: candidate)
    }
    throw PipelineError(
      .unusable, "\(folder.relativePath): has neither \(name) nor \(own); every video needs predictions")
  }
}
