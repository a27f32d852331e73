/// A network and a description that do not belong together, or a network that does not give numbers. The message says what
/// differs and what to change.
package struct EstimationError: Error, CustomStringConvertible, Sendable {
  package enum Code: Sendable {
    /// What was given does not fit.
    case unusable
    /// The work could not be done.
    case failed
  }

  package var code: Code
  package var description: String

  init(_ description: String, code: Code = .unusable) {
    self.code = code
    self.description = description
  }
}
