internal import Files

/// Writes a text in which every frame gives some lines of its own.
final class LinesWriter: RecordingWriter {
  /// What stands before, between and after the lines.
  struct Frame {
    var opening = ""
    var separator = "\n"
    var closing = "\n"
  }

  private let file: OutputFile
  private let frame: Frame
  private let lines: (RecordedFrame) throws(FileError) -> [String]
  private var isEmpty = true

  init(
    _ target: OutputTarget, _ frame: Frame = Frame(), lines: @escaping (RecordedFrame) throws(FileError) -> [String]
  ) throws(FileError) {
    (self.frame, self.lines) = (frame, lines)
    file = try OutputFile(for: target)
    try file.write(frame.opening)
  }

  func append(_ recorded: RecordedFrame) throws(FileError) {
    for line in try lines(recorded) {
      try file.write((isEmpty ? "" : frame.separator) + line)
      isEmpty = false
    }
  }

  func finish() throws(FileError) {
    try file.write(isEmpty && frame.opening.isEmpty ? "" : frame.closing)
    try file.finish()
  }
}
