internal import Foundation

/// What keeps a job from being done that is not the fault of one of the stages. `message` names the file and what to do.
public struct PipelineError: Error, CustomStringConvertible, Sendable {
  public enum Code: Sendable {
    /// The input, or what was said about it, can't be used.
    case unusable
    /// Something is in the way of the output.
    case outputExists
    /// The work could not be done.
    case failed
  }

  public var code: Code
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The options leave nothing of a video.
  static func noFrames(of source: URL) -> PipelineError {
    PipelineError(
      .unusable, "\(source.relativePath): no frame lies in the part that was asked for; check --start and --end")
  }

  public var description: String { message }
}
