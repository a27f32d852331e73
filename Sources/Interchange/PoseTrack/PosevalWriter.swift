internal import Files
internal import Foundation

/// A PoseTrack file with the names and ids that poseval demands, which stops without a word of the reason else.
///
/// It parses the names of pictures, `images/NNNNNN_{mpii,bonn,mpiinew}_…/000000.jpg` with frames to 9999, looks for the
/// predictions of a sequence by the name of its ground truth, and wants a track below 10,000, once a frame. So the file's
/// name is the sequence, whatever the video is called.
final class PosevalWriter: RecordingWriter {
  private let writer: PoseTrackWriter
  private let name: String

  init(_ target: OutputTarget, header: RecordingHeader) throws(FileError) {
    var header = header
    if case .place(let url, _) = target { header.name = url.deletingPathExtension().lastPathComponent }
    guard PoseTrackIdentifiers.isSequence(header.name) else {
      throw FileError(
        .invalid, file: target.name,
        problem: "poseval finds predictions by the name of the ground truth, and parses it as a sequence of PoseTrack",
        remedy: "name the file as that one is, NNNNNN_mpii_… (or bonn, mpiinew).json")
    }
    name = target.name
    writer = try PoseTrackWriter(target, header: header)
  }

  func append(_ frame: RecordedFrame) throws(FileError) {
    guard frame.index < 10_000 else {
      throw FileError(
        .invalid, file: name, problem: "poseval has no ids for frames from 10,000 on", remedy: "split the video")
    }
    var tracks: Set<Int> = []
    for person in frame.people {
      guard let track = person.trackID, track < 10_000, tracks.insert(track).inserted else {
        throw FileError(
          .invalid, file: name, problem: "frame \(frame.index) has people without a track of their own below 10,000",
          remedy: "give identities with `posetrail link`")
      }
    }
    // Pictures are known by their numbers alone.
    var frame = frame
    frame.name = nil
    try writer.append(frame)
  }

  func finish() throws(FileError) { try writer.finish() }
}
