internal import Foundation
internal import Interchange
private import Video

/// Writes the PoseTrack JSON.
final class PosesSink: ResultSink {
  let notes: [String] = []
  private let writer: PoseTrackWriter

  init(_ destination: URL, header: RecordingHeader) throws {
    writer = try PoseTrackWriter(destination, header: header)
  }

  func consume(_ result: TrackedFrame) throws {
    try writer.append(
      RecordedFrame(
        index: result.frame.index, time: result.frame.time, name: result.frame.name, people: result.people))
  }

  func finish(isPartial: Bool) throws {
    try writer.finish()
  }
}
