internal import Files

/// Which numbers can be those of frames: all that JSON numbers hold exactly.
enum FrameIndex {
  static let limit = 1 << 53

  /// Reads the number of a frame.
  static func read(_ json: JSONValue) throws(FileError) -> Int {
    let value = try json.integer()
    guard (0...limit).contains(value) else {
      throw FileError(
        .invalid, problem: "\(value) is no number of a frame", remedy: "count frames from 0 to at most 2^53")
    }
    return value
  }
}
