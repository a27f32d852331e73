/// A network and a description that do not belong together. The message says what differs and what to change.
public struct EstimationError: Error, CustomStringConvertible, Sendable {
  public var description: String

  init(_ description: String) {
    self.description = description
  }
}
