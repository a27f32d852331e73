package import Files

/// Takes the poses of a video frame by frame, in the order of their index. What is not finished leaves nothing behind.
package protocol RecordingWriter: AnyObject {
  /// Adds the next frame; frames without people count too.
  func append(_ frame: RecordedFrame) throws(FileError)

  /// Puts the file at its place.
  func finish() throws(FileError)

  /// What a person should know once it is finished, such as which keypoints were derived from others.
  var notes: [String] { get }
}

extension RecordingWriter {
  package var notes: [String] { [] }
}
