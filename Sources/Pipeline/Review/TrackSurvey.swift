internal import Files
internal import Foundation
package import Interchange
package import Pose
internal import Timing

/// Where every track of a recording was seen. It grows with the recording by some sixty bytes a pose.
package struct TrackSurvey: Sendable {
  package struct Sighting: Hashable, Sendable {
    /// The frame's index.
    package var frame: Int
    /// In seconds.
    package var time: Double
    package var box: Box
    package var score: Double
    /// How clear the link was, 0…1; nil where the file does not say.
    package var margin: Double?
  }

  /// By identity, each in the order of the frames.
  package private(set) var tracks: [Int: [Sighting]] = [:]
  /// What some of them are called.
  package let names: [Int: String]
  /// A digest of who is where in all frames: that of the same poses in any format.
  package let fingerprint: String
  /// From one frame of the recording to the next: more than 1 where it takes every n-th.
  package private(set) var step = Int.max

  /// Reads all frames. Throws where nobody has an identity.
  package init(_ reader: RecordingReader) throws {
    guard reader.contents.hasIdentities || !reader.contents.hasPeople else {
      throw PipelineError(.unusable, "the poses have no identities; link them first")
    }
    names = reader.header.names
    var (digest, last) = (SHA256(), Int?.none)
    var frames = try reader.frames()
    while let frame = try frames.next() {
      if let last { step = min(step, frame.index - last) }
      last = frame.index
      Self.add(frame, to: &digest)
      for person in frame.people {
        guard let id = person.trackID else { continue }
        tracks[id, default: []].append(
          Sighting(
            frame: frame.index, time: frame.seconds, box: person.pose.box, score: person.pose.score,
            margin: person.margin)
        )
      }
    }
    fingerprint = digest.finish()
  }

  /// People are told by identity and box. Frames without anybody don't count, which some formats leave out.
  private static func add(_ frame: RecordedFrame, to digest: inout SHA256) {
    guard !frame.people.isEmpty else { return }
    let people = frame.people.map { person in
      let box = person.pose.box
      let numbers = [box.x, box.y, box.width, box.height].map { JSONText.number($0, places: Pose.coordinatePlaces) }
      return "\(person.trackID ?? -1):" + numbers.joined(separator: ",")
    }
    var line = "\(frame.index) " + people.joined(separator: " ") + "\n"
    line.withUTF8 { digest.update(UnsafeRawBufferPointer($0)) }
  }
}

extension RecordedFrame {
  /// In seconds; a frame without a time is taken for a 25th of one.
  var seconds: Double { time?.seconds ?? Double(index) / 25 }
}
