internal import Foundation
internal import Pipeline

/// A command's work on several videos, one after the other, that share an output folder.
enum VideoRuns {
  /// Makes the folder and calls `body` with each video and the name of its results. A bad video does not stop the others;
  /// an interruption does. Throws the combined status unless all is done.
  static func run(
    _ videos: [String], into folder: URL, prepare: () throws -> AnalysisLine,
    _ body: (_ video: String, _ stem: String, AnalysisLine, Interruption) -> ExitStatus
  ) throws {
    try OutputPlace.makeFolder(folder)
    let line = try prepare()
    let interruption = Interruption()
    let listener = interruption.listen()
    var statuses: [ExitStatus] = []
    for (video, stem) in zip(videos, OutputNames.stems(for: videos)) {
      if interruption.isRequested {
        statuses.append(.interrupted)
        break
      }
      statuses.append(body(video, stem, line, interruption))
    }
    _ = consume listener
    try ExitStatus.combined(statuses).throwUnlessDone()
  }
}
