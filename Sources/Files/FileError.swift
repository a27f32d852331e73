public import Foundation

/// What is wrong with a file, where in it, and what to do about it.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Code: Sendable {
    /// The file cannot be opened or read.
    case unreadable
    /// The file cannot be made or written.
    case unwritable
    /// Something is in the place of an output.
    case exists
    /// Another run is writing the same output.
    case busy
    /// The text is not of the format at all.
    case malformed
    /// A field is missing or has a value that cannot be.
    case invalid
    /// No format is known for the name.
    case unknownFormat
  }

  public var code: Code
  public var file: String
  /// A line and column, or the keys that lead to the value, such as `annotations[3].bbox`; empty for the whole file.
  public var place: String
  public var problem: String
  public var remedy: String

  public init(_ code: Code, file: String = "", place: String = "", problem: String, remedy: String) {
    (self.code, self.file, self.place, self.problem, self.remedy) = (code, file, place, problem, remedy)
  }

  /// An error about a whole file, which is called as the user called it.
  public init(_ code: Code, _ file: URL, _ problem: String, remedy: String) {
    self.init(code, file: file.relativePath, problem: problem, remedy: remedy)
  }

  public var description: String {
    let position = [file, place].filter { !$0.isEmpty }.joined(separator: ": ")
    return "\(position.isEmpty ? "" : position + ": ")\(problem); \(remedy)"
  }

  /// The same error with the file it happened in.
  public func `in`(_ file: String) -> FileError {
    var result = self
    if result.file.isEmpty { result.file = file }
    return result
  }

  /// The same error inside an array or object.
  public func under(_ outer: String) -> FileError {
    var result = self
    let joint = place.isEmpty || place.hasPrefix("[") ? "" : "."
    result.place = place.hasPrefix("line ") ? place : outer + joint + place
    return result
  }

  /// Runs `body` and adds `place` in front of the place of an error it throws.
  public static func at<Result>(
    _ place: @autoclosure () -> String, _ body: () throws(FileError) -> Result
  ) throws(FileError) -> Result {
    do { return try body() } catch { throw error.under(place()) }
  }
}
