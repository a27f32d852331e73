private import Files
private import Foundation
package import Interchange
private import Pose
package import Timing
package import Tracking

/// Gives saved poses identities, without inference, frame by frame. From the poses of an `EstimateJob` they are those of a
/// `TrackJob`. Boxes without keypoints are followed by their overlap alone.
package struct LinkJob {
  package struct Summary: Sendable {
    package var frames = 0
    /// Poses or boxes of the file, and those of them that have an identity now.
    package var found = 0
    package var linked = 0
    package var people = 0
    /// Frames whose time the file does not say.
    package var timeless = 0
    package var signals = SignalReport()
  }

  /// What the result says of itself.
  package let header: RecordingHeader
  private let reader: RecordingReader
  private let settings: LinkSettings
  private let frameRate: Rational
  private let edited: EditedIdentities?

  /// - Parameters:
  ///   - frameRate: Of frames whose time the file does not say.
  ///   - edits: What a person has said about the identities that the file has. They stay as they are otherwise.
  package init(_ reader: RecordingReader, settings: LinkSettings, frameRate: Rational, edits: EditFile? = nil) throws {
    edited = try edits.map { edits in
      let survey = try TrackSurvey(reader)
      try edits.edits.check(survey, file: edits.file.relativePath)
      return try EditedIdentities(survey, edits.edits)
    }
    var settings = settings
    if reader.contents.hasPeople, !reader.contents.hasKeypoints {
      guard settings.smoothing == nil, !settings.mendsSides else {
        throw PipelineError(
          .unusable, "--smooth and --mend-sides need keypoints, and there are boxes only; leave them out")
      }
      guard settings.tracking.measure != .oks else {
        throw PipelineError(.unusable, "--link-by oks needs keypoints, and there are boxes only; link them by iou")
      }
      (settings.tracking.measure, settings.tracking.minimumKeypoints) = (.iou, 0)
    }
    var header = reader.header
    settings.edits = edits?.sha256
    header.names = edited?.names ?? [:]
    try header.provenance?.set("identities", to: .encoding(settings))
    (self.header, self.reader, self.settings, self.frameRate) = (header, reader, settings, frameRate)
  }

  /// Writes the poses with their new identities. Who is present longest is known only at the end, so that keeping a number
  /// of people takes the way twice.
  package func run(into writer: any RecordingWriter) throws -> Summary {
    let kept = try KeptPeople(settings).map { people in
      var people = people
      _ = try link { frame in people.count(frame.tracked, at: frame.time ?? time(of: frame)) }
      return try people.ids()
    }
    let summary = try link(keeping: kept) { try writer.append($0) }
    try writer.finish()
    return summary
  }

  private func link(keeping kept: Set<Int>? = nil, _ deliver: (RecordedFrame) throws -> Void) throws -> Summary {
    var linker = Linker(skeleton: header.skeleton, settings: settings)
    var frames = try reader.frames()
    var (summary, people) = (Summary(), Set<Int>())
    let linked = { () throws -> RecordedFrame? in
      guard var frame = try frames.next() else { return nil }
      summary.frames += 1
      summary.found += frame.people.count
      if frame.time == nil { summary.timeless += 1 }
      let linked =
        edited.map { $0.people(of: frame) } ?? linker.link(frame.people.map(\.pose), at: frame.time ?? time(of: frame))
      frame.people = linked.filter { kept?.contains($0.trackID) ?? true }.map { .init($0.pose, trackID: $0.trackID) }
      return frame
    }
    var stream = SignalStream(Signals(header.skeleton, settings), linked, time: time)
    while let frame = try stream.next() {
      people.formUnion(frame.people.compactMap(\.trackID))
      summary.linked += frame.people.count
      try deliver(frame)
    }
    (summary.people, summary.signals) = (people.count, stream.report)
    return summary
  }

  private func time(of frame: RecordedFrame) -> MediaTime {
    MediaTime(ticks: Int64(frame.index), numerator: frameRate.denominator, denominator: frameRate.numerator)
  }
}
