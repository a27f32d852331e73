internal import Foundation

/// What keeps a job from being done that is not the fault of one of the stages. `message` names the file and what to do.
package struct PipelineError: Error, CustomStringConvertible, Sendable {
  package enum Code: Sendable {
    /// The input, or what was said about it, can't be used.
    case unusable
    /// Something is in the way of the output.
    case outputExists
    /// The work could not be done.
    case failed
  }

  package var code: Code
  package var message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The options leave nothing of a video.
  static func noFrames(of source: URL) -> PipelineError {
    PipelineError(
      .unusable, "\(source.relativePath): no frame lies in the part that was asked for; check --start and --end")
  }

  package var description: String { message }
}
