/// An architecture that cannot be built or is not known. The message says what to write instead.
package struct ArchitectureError: Error, CustomStringConvertible, Sendable {
  package var description: String

  package init(_ description: String) {
    self.description = description
  }
}
