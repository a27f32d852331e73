internal import Files
internal import Foundation

/// Ground truth and predictions of the same videos: two files, or two folders with files of the same names.
struct SequencePairs {
  struct Pair {
    let name: String
    let truth: URL
    let predictions: URL

    /// Runs `body` and says whose predictions an error is about that does not say so itself.
    func evaluate(_ body: () throws(FileError) -> Void) throws(FileError) {
      do { try body() } catch { throw error.in(predictions.relativePath) }
    }
  }

  /// How the files of the ground truth end.
  let ending: String
  /// What PoseTrail's own predictions end with instead.
  var ownEndings: [String] = []
  /// Where the ground truth of a video lies in a folder called like it, where it may.
  var inFolders: String?

  static let poseTrack = SequencePairs(ending: ".json", ownEndings: [".posetrack.json", ".poses.json"])
  static let mot = SequencePairs(ending: ".txt", inFolders: "gt/gt.txt")

  func pairs(_ input: EvaluationInput) throws(FileError) -> [Pair] {
    let (truth, predictions) = (input.groundTruth, input.predictions)
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: truth.path) else {
      return [Pair(name: stem(predictions.lastPathComponent), truth: truth, predictions: predictions)]
    }
    let files = names.sorted().compactMap { name -> (name: String, truth: URL)? in
      let file = truth.appending(path: name)
      if name.hasSuffix(ending) { return (stem(name), file) }
      let inside = inFolders.map { file.appending(path: $0) }
      return inside.flatMap { FileManager.default.fileExists(atPath: $0.path) ? (name, $0) : nil }
    }
    guard !files.isEmpty else {
      throw FileError(
        .invalid, file: truth.path,
        problem: "there are no \(ending) files in this folder",
        remedy: "name the folder of the annotations, or a file")
    }
    return try files.map { (file) throws(FileError) in
      Pair(name: file.name, truth: file.truth, predictions: try prediction(file.name, in: predictions))
    }
  }

  private func stem(_ name: String) -> String {
    let end = (ownEndings + [ending]).first { name.hasSuffix($0) }
    return end.map { String(name.dropLast($0.count)) } ?? name
  }

  private func prediction(_ name: String, in folder: URL) throws(FileError) -> URL {
    let candidates = ([ending] + ownEndings).map { name + $0 }
    for candidate in candidates where FileManager.default.fileExists(atPath: folder.appending(path: candidate).path) {
      return folder.appending(path: candidate)
    }
    throw FileError(
      .invalid, file: folder.path, problem: "has no \(candidates.joined(separator: " or "))",
      remedy: "every video of the ground truth needs predictions")
  }
}
