internal import Files
internal import Foundation

/// Ground truth and predictions of the same videos: two files, or two folders with files of the same names.
enum PoseTrackPairs {
  static func find(truth: URL, predictions: URL) throws(FileError) -> [(truth: URL, predictions: URL)] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: truth.path) else {
      return [(truth, predictions)]
    }
    let files = names.filter { $0.hasSuffix(".json") }.sorted()
    guard !files.isEmpty else {
      throw FileError(
        .invalid, file: truth.path, problem: "there are no .json files in this folder",
        remedy: "name the folder of the annotations, or a file")
    }
    return try files.map { (name) throws(FileError) in
      (truth.appending(path: name), try prediction(named: name, in: predictions))
    }
  }

  /// `NAME.json`, or `NAME.posetrack.json` as `posetrail track` names it.
  private static func prediction(named name: String, in folder: URL) throws(FileError) -> URL {
    let own = String(name.dropLast(".json".count)) + ".posetrack.json"
    for candidate in [name, own] where FileManager.default.fileExists(atPath: folder.appending(path: candidate).path) {
      return folder.appending(path: candidate)
    }
    throw FileError(
      .invalid, file: folder.path, problem: "has neither \(name) nor \(own)",
      remedy: "every video of the ground truth needs predictions")
  }
}
