/// Boxes that cannot be had: a file that does not fit the video, or a network that does not fit its description. The
/// message names the file and what to do.
public struct DetectionError: Error, CustomStringConvertible, Sendable {
  public var description: String

  init(_ description: String) {
    self.description = description
  }
}
