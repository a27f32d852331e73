/// A model description that cannot be used. The message names the file, the key and what to write there.
public struct DescriptionError: Error, CustomStringConvertible, Sendable {
  public var description: String

  public init(_ description: String) {
    self.description = description
  }
}
