/// An architecture that cannot be built or is not known. The message says what to write instead.
public struct ArchitectureError: Error, CustomStringConvertible, Sendable {
  public var description: String

  public init(_ description: String) {
    self.description = description
  }
}
