/// What can be wrong with a model, checkpoint or tensor file. `message` names the file, the part of it, and what to do.
package struct ModelFileError: Error, CustomStringConvertible, Sendable {
  package enum Code: Sendable {
    /// The file cannot be opened or read, or cannot be written.
    case unreadable
    /// The bytes are not what the format says: cut short, damaged or made up.
    case malformed
    /// The file is sound but asks for something that this program does not have.
    case unsupported
    /// The tensors are not those the network needs.
    case mismatched
  }

  package var code: Code
  package var message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }
}
