/// Boxes that cannot be had: a file that does not fit the video, or a network that does not fit its description or does not
/// give numbers. The message names the file and what to do.
package struct DetectionError: Error, CustomStringConvertible, Sendable {
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

  /// - Parameters:
  ///   - output: its name in quotation marks after a space, or nothing.
  ///   - detector: what the detector is called.
  static func noNumbers(in output: String, of detector: String) -> DetectionError {
    DetectionError(
      "\(detector): its output\(output) holds values that are no numbers (NaN); take another model, or try --precision f32",
      code: .failed)
  }
}
