/// What is wrong with a model, its description or its checkpoint, or keeps it from being brought here. `message` names the
/// file, the key where there is one, and what to do.
public struct ModelError: Error, CustomStringConvertible, Sendable {
  public enum Code: Sendable {
    /// The model, or what was said about it, can't be used.
    case unusable
    /// The work could not be done.
    case failed
  }

  public var code: Code
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}
