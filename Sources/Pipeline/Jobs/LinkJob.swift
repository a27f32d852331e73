private import Files
private import Foundation
package import Interchange
private import Pose
package import Timing
package import Tracking

/// Gives saved poses identities, without inference. From the poses of an `EstimateJob` they are those of a `TrackJob`. Boxes
/// without keypoints are followed by their overlap alone.
package struct LinkJob {
  package struct Summary: Sendable {
    package var frames = 0
    /// Poses or boxes of the file, and those of them that have an identity now.
    package var found = 0
    package var linked = 0
    /// Poses that were filled into gaps.
    package var filled = 0
    package var people = 0
    /// Constraints that could not be met.
    package var unmet = 0
    /// Frames whose time the file does not say.
    package var timeless = 0
    package var signals = SignalReport()
  }

  /// What the result says of itself.
  package let header: RecordingHeader
  private let reader: RecordingReader
  private let settings: LinkSettings
  private let frameRate: Rational
  /// What the edits alone make of the identities that the file has.
  private let edited: EditedIdentities?

  /// - Parameters:
  ///   - frameRate: Of frames whose time the file does not say.
  ///   - edits: What a person has said about the identities that the file has. All is linked again under them; without a second
  ///     pass the identities stay as they are otherwise.
  package init(_ reader: RecordingReader, settings: LinkSettings, frameRate: Rational, edits: EditFile? = nil) throws {
    guard !settings.method.looksAtPictures else {
      let others = TrackerMethod.all.filter { !$0.looksAtPictures }.map(\.name).joined(separator: ", ")
      throw PipelineError(
        .unusable,
        "--tracker \(settings.method.name): goes by the pictures of the video, which are not read here; use `posetrail track` "
          + "with it, or another tracker (\(others))")
    }
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
      settings.tracking.measure = .iou
    }
    var header = reader.header
    settings.edits = edits?.sha256
    header.names = edited?.names ?? [:]
    try header.provenance?.set("identities", to: .encoding(settings))
    // The digest says it in the provenance.
    if let edits { settings.secondPass?.constraints = edits.edits.constraints }
    (self.header, self.reader, self.settings, self.frameRate) = (header, reader, settings, frameRate)
  }

  /// Writes the poses with their new identities. Who is who, and who is present longest, is known only at the end, so that
  /// both take the way twice.
  package func run(into writer: any RecordingWriter) throws -> Summary {
    var plan: IdentityPlan?
    if let options = settings.secondPass {
      var survey = Survey(skeleton: header.skeleton, settings: settings, options: options)
      let frames = try seenFrames()
      while let frame = try frames() {
        survey.add(
          frame.people.map(\.pose), ids: frame.people.map(\.trackID),
          in: FrameContext(frame, time: frame.time ?? time(of: frame)))
      }
      plan = survey.plan
    }
    let ids = try familiarIDs(plan)
    let kept = try KeptPeople(settings).map { people in
      var people = people
      let frames = try frames(plan, ids)
      while let frame = try frames() { people.count(frame.tracked, at: frame.time ?? time(of: frame)) }
      return try people.ids()
    }
    let summary = try write(plan, ids, keeping: kept) { try writer.append($0) }
    try writer.finish()
    return summary
  }

  private func write(
    _ plan: IdentityPlan?, _ newIDs: [Int: Int]?, keeping kept: Set<Int>?, _ deliver: (RecordedFrame) throws -> Void
  ) throws -> Summary {
    var (summary, ids) = (Summary(), Set<Int>())
    let frames = try frames(plan, newIDs, keeping: kept) { frame in
      summary.frames += 1
      summary.found += frame.people.count
      if frame.time == nil { summary.timeless += 1 }
    }
    var stream = SignalStream(Signals(header.skeleton, settings), frames, time: time)
    while let frame = try stream.next() {
      ids.formUnion(frame.people.compactMap(\.trackID))
      summary.linked += frame.people.count { !$0.isFilled }
      summary.filled += frame.people.count(where: \.isFilled)
      try deliver(frame)
    }
    (summary.people, summary.unmet, summary.signals) = (ids.count, plan?.unmet.count ?? 0, stream.report)
    return summary
  }

  /// The ids that the people of a plan under edits have in the result; nil where they have those of the plan.
  private func familiarIDs(_ plan: IdentityPlan?) throws -> [Int: Int]? {
    guard let plan, let edited else { return nil }
    var (familiar, waiting) = (FamiliarIdentities(), [Int: [RecordedFrame.Person]]())
    let frames = try frames(plan, nil) { waiting[$0.index] = $0.people }
    while let frame = try frames() {
      familiar.add(frame, before: waiting.removeValue(forKey: frame.index) ?? []) {
        edited.id(of: $0, in: frame.index)
      }
    }
    return familiar.ids
  }

  /// The frames with the people that the edits, the plan or the past make of them.
  ///
  /// - Parameters:
  ///   - ids: What the plan's people are called; nil as the plan says.
  ///   - note: Sees every frame as the file has it.
  private func frames(
    _ plan: IdentityPlan?, _ ids: [Int: Int]?, keeping kept: Set<Int>? = nil,
    noting note: @escaping (RecordedFrame) -> Void = { _ in }
  ) throws -> () throws -> RecordedFrame? {
    guard let edited, plan == nil else {
      let seen = try seenFrames()
      let source = { () throws -> RecordedFrame? in
        let frame = try seen()
        if let frame { note(frame) }
        return frame
      }
      var linked = LinkedFrames(
        source, Linker(skeleton: header.skeleton, settings: settings, plan: plan), keeping: nil, time: time)
      return {
        guard var frame = try linked.next() else { return nil }
        for person in frame.people.indices {
          frame.people[person].trackID = frame.people[person].trackID.map { ids?[$0] ?? $0 }
        }
        frame.people.removeAll { person in !(person.trackID.flatMap { kept?.contains($0) } ?? true) }
        return frame
      }
    }
    var frames = try reader.frames()
    return {
      guard var frame = try frames.next() else { return nil }
      note(frame)
      frame.people = edited.people(of: frame).filter { kept?.contains($0.trackID) ?? true }.map { .init($0) }
      return frame
    }
  }

  /// The frames with what was seen in them; what an earlier run filled in was not, and what the edits delete is nobody.
  private func seenFrames() throws -> () throws -> RecordedFrame? {
    var frames = try reader.frames()
    return {
      guard var frame = try frames.next() else { return nil }
      frame.people.removeAll { person in
        person.isFilled || person.trackID.map { edited?.id(of: $0, in: frame.index) == nil && edited != nil } ?? false
      }
      return frame
    }
  }

  private func time(of frame: RecordedFrame) -> MediaTime {
    MediaTime(ticks: Int64(frame.index), numerator: frameRate.denominator, denominator: frameRate.numerator)
  }
}
