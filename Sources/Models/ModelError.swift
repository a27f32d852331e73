/// What is wrong with a model, its description or its checkpoint, or keeps it from being brought here. `message` names the
/// file, the key where there is one, and what to do.
package struct ModelError: Error, CustomStringConvertible, Sendable {
  package enum Code: Sendable {
    /// The model, or what was said about it, can't be used.
    case unusable
    /// The work could not be done.
    case failed
  }

  package var code: Code
  package var message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }
}
