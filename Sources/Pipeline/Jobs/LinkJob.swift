private import Files
package import Interchange
private import Pose
package import Timing
private import Tracking

/// Gives saved poses identities, without inference. From the poses of an `EstimateJob` they are those of a `TrackJob`. Boxes without keypoints are followed by their overlap alone.
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
  }

  /// What the result says of itself.
  package let header: RecordingHeader
  private let reader: RecordingReader
  private let settings: LinkSettings
  private let frameRate: Rational

  /// - Parameter frameRate: Of frames whose time the file does not say.
  package init(_ reader: RecordingReader, settings: LinkSettings, frameRate: Rational) throws {
    var settings = settings
    if reader.contents.hasPeople, !reader.contents.hasKeypoints {
      guard settings.tracking.measure != .oks else {
        throw PipelineError(.unusable, "--link-by oks needs keypoints, and there are boxes only; link them by iou")
      }
      settings.tracking.measure = .iou
    }
    var header = reader.header
    try header.provenance?.set("identities", to: .encoding(settings))
    (self.header, self.reader, self.settings, self.frameRate) = (header, reader, settings, frameRate)
  }

  /// Writes the poses with their new identities. Who is who, and who is present longest, is known only at the end, so that
  /// both take the way twice.
  package func run(into writer: any RecordingWriter) throws -> Summary {
    var (plan, kept): (IdentityPlan?, Set<Int>?)
    if let options = settings.secondPass {
      var survey = Survey(skeleton: header.skeleton, settings: settings, options: options)
      try forEachFrame { frame in
        survey.add(
          frame.people.map(\.pose), ids: frame.people.map(\.trackID), at: frame.time ?? time(of: frame.index),
          index: frame.index)
      }
      plan = survey.plan
    } else if let people = settings.people {
      var linker = Linker(skeleton: header.skeleton, settings: settings)
      try forEachFrame { _ = link($0, &linker) }
      _ = linker.finish()
      kept = linker.presence.mostPresent(people)
    }
    let summary = try write(plan, keeping: kept) { try writer.append($0) }
    try writer.finish()
    return summary
  }

  private func write(
    _ plan: IdentityPlan?, keeping kept: Set<Int>?, _ deliver: (RecordedFrame) throws -> Void
  ) throws -> Summary {
    var linker = Linker(skeleton: header.skeleton, settings: settings, plan: plan)
    var (summary, ids, waiting) = (Summary(), Set<Int>(), [RecordedFrame]())
    func finish(_ done: [[TrackedPose]]) throws {
      for (var frame, people) in zip(waiting, done) {
        frame.people = people.filter { kept?.contains($0.trackID) ?? true }.map { .init($0) }
        ids.formUnion(frame.people.compactMap(\.trackID))
        summary.linked += frame.people.count { !$0.isFilled }
        summary.filled += frame.people.count(where: \.isFilled)
        try deliver(frame)
      }
      waiting.removeFirst(done.count)
    }
    try forEachFrame { frame in
      summary.frames += 1
      summary.found += frame.people.count
      if frame.time == nil { summary.timeless += 1 }
      waiting.append(frame)
      try finish(link(frame, &linker))
    }
    try finish(linker.finish())
    (summary.people, summary.unmet) = (ids.count, plan?.unmet.count ?? 0)
    return summary
  }

  private func link(_ frame: RecordedFrame, _ linker: inout Linker) -> [[TrackedPose]] {
    linker.link(frame.people.map(\.pose), at: frame.time ?? time(of: frame.index), index: frame.index).done
  }

  /// What was seen; what an earlier run filled in was not.
  private func forEachFrame(_ body: (RecordedFrame) throws -> Void) throws {
    var frames = try reader.frames()
    while var frame = try frames.next() {
      frame.people.removeAll(where: \.isFilled)
      try body(frame)
    }
  }

  private func time(of index: Int) -> MediaTime {
    MediaTime(ticks: Int64(index), numerator: frameRate.denominator, denominator: frameRate.numerator)
  }
}
