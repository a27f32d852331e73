/// Boxes that cannot be had: a file that does not fit the video, or a network that does not fit its description or does not
/// give numbers. The message names the file and what to do.
public struct DetectionError: Error, CustomStringConvertible, Sendable {
  public enum Code: Sendable {
    /// What was given does not fit.
    case unusable
    /// The work could not be done.
    case failed
  }

  public var code: Code
  public var description: String

  init(_ description: String, code: Code = .unusable) {
    self.code = code
    self.description = description
  }
}
