internal import Foundation
internal import Interchange
private import Pose
private import Video

/// Writes the PoseTrack JSON.
final class PosesSink: ResultSink {
  let notes: [String] = []
  private let writer: PoseTrackWriter

  init(_ destination: URL, header: RecordingHeader) throws {
    writer = try PoseTrackWriter(destination, header: header)
  }

  func consume(_ result: TrackedFrame) throws {
    let people = result.people.map { RecordedFrame.Person($0) }
    try writer.append(RecordedFrame(result.frame, people: people))
  }

  func finish(isPartial: Bool) throws {
    try writer.finish()
  }
}
