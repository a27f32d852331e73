internal import Files
package import Foundation

/// Why a video could not be read or written: what is wrong with which file, and what to do about it.
package struct VideoError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Code: String, Hashable, Sendable {
    case missing, unreadable, notAFile, unsupportedAddress
    case empty, notAVideo, truncated, encrypted, noVideoStream, noSuchStream, noDecoder, noFrames, tooLarge, noImages
    case exists, unwritable, noSpace, unknownContainer, unknownEncoder, badOption, pictureMismatch, encodingFailed
    case outOfMemory, interrupted
  }

  package var code: Code
  /// Path of the file concerned, as it was given.
  package var file: String
  /// What is wrong and the way out, without the file's name.
  package var message: String
  /// What the library below said, where it said something.
  package var cause: String?

  package init(_ code: Code, file: URL, _ message: String, cause: String? = nil) {
    self.code = code
    self.file = file.relativePath
    self.message = message
    self.cause = cause
  }

  package var description: String {
    "\(file): \(message)" + (cause.map { " (\($0))" } ?? "")
  }
}

extension VideoError {
  /// Runs `body` and says what it throws as an error about a video.
  static func attempt<Result>(_ file: URL, _ body: () throws(FileError) -> Result) throws(VideoError) -> Result {
    do {
      return try body()
    } catch {
      throw VideoError(error.code == .exists ? .exists : .unwritable, file: file, "\(error.problem); \(error.remedy)")
    }
  }
}
