/// What can be wrong with a network or its inputs. `message` names the node or input and what to do.
public struct InferenceError: Error, CustomStringConvertible, Sendable {
  public enum Code: Sendable { case unsupported, invalidGraph, invalidInput, backend }

  public var code: Code
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}
