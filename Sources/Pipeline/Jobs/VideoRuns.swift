package import Foundation

/// Work on several videos, one after the other, whose results go into one folder.
package struct VideoRuns {
  package struct Run {
    package var video: String
    /// What its results are named after.
    package var stem: String
    /// Counted from 1.
    package var number: Int
  }

  private let runs: [Run]
  private let folder: URL
  private let isFolderNew: Bool

  /// Makes the folder where it is missing.
  package init(_ videos: [String], into folder: URL) throws {
    runs = zip(videos, OutputNames.stems(for: videos)).enumerated().map { index, names in
      Run(video: names.0, stem: names.1, number: index + 1)
    }
    self.folder = folder
    isFolderNew = try ResultFolder.make(folder)
  }

  /// Calls `prepare` once and `body` with each video. A bad video does not stop the others; an interruption does. A folder
  /// that was made for nothing goes again.
  ///
  /// - Returns: What `body` gave for each video that was begun, and whether some were not.
  package func run<Line, Outcome>(
    _ prepare: () throws -> Line, _ body: (Run, Line, Interruption) -> Outcome
  ) throws -> (outcomes: [Outcome], isInterrupted: Bool) {
    defer { if isFolderNew { rmdir(folder.path) } }
    let line = try prepare()
    let interruption = Interruption()
    let listener = interruption.listen()
    defer { _ = consume listener }
    var outcomes: [Outcome] = []
    for run in runs {
      if interruption.isRequested { return (outcomes, true) }
      outcomes.append(body(run, line, interruption))
    }
    return (outcomes, false)
  }
}
