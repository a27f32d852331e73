/// A network and a description that do not belong together, or a network that does not give numbers. The message says what
/// differs and what to change.
public struct EstimationError: Error, CustomStringConvertible, Sendable {
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
