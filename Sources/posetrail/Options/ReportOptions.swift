internal import ArgumentParser
private import Foundation

/// How a run shows how far it has come.
enum ProgressStyle: String, CaseIterable, ExpressibleByArgument {
  /// A bar on a terminal, a line now and then elsewhere.
  case auto
  /// JSON Lines.
  case json
}

/// What a command says about its work.
struct ReportOptions: ParsableArguments {
  @Flag(help: "No progress and no summary.")
  var quiet = false

  @Option(
    help: "Progress on standard error: a bar on a terminal and lines elsewhere, or an object of JSON a line and second."
  )
  var progress: ProgressStyle = .auto

  /// Shows the progress of one of so many videos; nil where none is wanted.
  func display(_ video: String, number: Int = 1, of count: Int = 1) -> (any ProgressDisplay)? {
    switch progress {
    case _ where quiet: nil
    case .json: ProgressLog(video: video, number: number, of: count)
    case .auto:
      ProgressLine(
        title: URL(filePath: video).lastPathComponent + (count > 1 ? " (\(number) of \(count))" : ""))
    }
  }
}

/// Damage of the input as a reason for an exit status.
struct DamageOptions: ParsableArguments {
  @Flag(
    help:
      "Count a video as done (exit status 0, not 3) although parts of it could not be decoded; they are still reported."
  )
  var acceptDamage = false
}
