internal import Files
internal import Foundation
internal import Imaging
internal import Interchange
internal import Pose
internal import Timing
internal import Tracking
internal import Video

extension TrackRun {
  /// Finds the people and writes the results, at once or, where it must be known first who is who, when all are found.
  mutating func writeResults(_ replay: JournalReplay, _ journal: JournalWriter) throws {
    let (linking, clock) = (job.settings.linking, clocks.link)
    guard linking.looksAhead else { return try writeAtOnce(replay, journal) }
    var plan: IdentityPlan?
    var links: [[Link]]?
    if let options = linking.secondPass {
      var survey = Survey(skeleton: header.skeleton, settings: linking, options: options)
      try findPeople(replay, journal) { posed in
        clock.measure { survey.add(posed.poses, in: FrameContext(posed.frame)) }
      }
      plan = clock.measure { survey.plan }
    } else {
      var linker = Linker(skeleton: header.skeleton, settings: linking)
      // The pictures that they were found by are not read again.
      if linking.method.looksAtPictures { links = [] }
      try findPeople(
        replay, journal, carry: { linker.carry(by: $0, width: $1.width, height: $1.height) },
        link: { posed in
          let seen = clock.measure { linker.link(posed).seen }
          links?.append(linker.lastLinks)
          return seen
        })
    }
    if isDropped { return }
    let (skeleton, known, found) = (header.skeleton, plan, links)
    let linker = { Linker(skeleton: skeleton, settings: linking, plan: known, links: found) }
    try writeAgain(linker, keeping: keptPeople(linker))
  }

  /// Results frame by frame, as people are found.
  private mutating func writeAtOnce(_ replay: JournalReplay, _ journal: JournalWriter) throws {
    let (linking, clock) = (job.settings.linking, clocks.link)
    var linker = Linker(skeleton: header.skeleton, settings: linking)
    var signals = Signals<Frame>(header.skeleton, linking)
    let output = makeOutput()
    var (waiting, poses) = ([Frame](), 0)
    let show = { (done: [(payload: Frame, people: [TrackedPose])]) throws -> Void in
      for (frame, people) in done {
        poses += people.count
        try output.consume(TrackedFrame(frame: frame, people: people))
      }
    }
    let deliver = { (done: [[TrackedPose]]) throws -> Void in
      for (frame, people) in zip(waiting, done) {
        try show(signals.add(frame, people, in: FrameContext(frame)))
      }
      waiting.removeFirst(done.count)
    }
    try findPeople(
      replay, journal, carry: { linker.carry(by: $0, width: $1.width, height: $1.height) },
      link: { posed in
        var slim = posed.frame
        (slim.picture, slim.motion) = (.none, nil)
        waiting.append(slim)
        let (seen, done) = clock.measure { linker.link(posed) }
        try deliver(done)
        return seen
      })
    try deliver(linker.finish())
    try show(signals.finish())
    (summary.poses, summary.tracks) = (poses, linker.presence.frames.count)
    summary.signals = signals.report
    if isDropped { return }
    summary.warnings += try output.finish(isPartial: isPartial)
  }

  /// Who is kept of the people that the journal holds; nil where everyone is.
  private func keptPeople(_ linker: () -> Linker) throws -> Set<Int>? {
    guard var kept = KeptPeople(job.settings.linking) else { return nil }
    var linked = try linkedFrames(linker(), keeping: nil)
    while let frame = try linked.next() { kept.count(frame.tracked, at: frame.time ?? .zero) }
    return try kept.ids()
  }

  private func linkedFrames(_ linker: Linker, keeping kept: Set<Int>?) throws -> LinkedFrames {
    guard var records = try JournalReader(job.outputs.journal) else { throw lostJournal }
    let source = { () throws -> RecordedFrame? in
      try records.next().map { record in
        RecordedFrame(
          index: record.index, time: record.time, name: record.name, size: record.size, beginsShot: record.beginsShot,
          people: record.poses.map { RecordedFrame.Person($0) })
      }
    }
    return LinkedFrames(source, linker, keeping: kept)
  }

  /// Identities and results again from the journal, once it is known who is who.
  ///
  /// - Parameter kept: Whom the results are to hold; nil for everyone.
  private mutating func writeAgain(_ linker: () -> Linker, keeping kept: Set<Int>?) throws {
    var linked = try linkedFrames(linker(), keeping: kept)
    let output = makeOutput()
    // What was found before an interruption is written; one from here on ends the writing.
    let (expected, interruption, wasInterrupted) = (summary.frames, interruption, summary.isInterrupted)
    let known = KnownResults(
      reader: job.settings.overlay == nil
        ? nil
        : try VideoReader(
          source: job.source, options: job.settings.input.forDrawing,
          isInterrupted: { !wasInterrupted && interruption.isRequested }))
    let source = { () throws -> RecordedFrame? in
      guard wasInterrupted || !interruption.isRequested else { return nil }
      return try linked.next()
    }
    var stream = SignalStream(Signals(header.skeleton, job.settings.linking), source) { _ in .zero }
    let results = { () throws -> RecordedFrame? in try stream.next() }
    (meter, summary.poses, summary.tracks) = (ProgressMeter(total: summary.frames), 0, 0)
    let outcome = try known.join(results, clock: clocks.decode) { frame in
      summary.poses += frame.people.count
      onProgress(meter.step())
      try output.consume(frame)
    }
    (summary.tracks, summary.signals) = (linked.people.count, stream.report)
    // What only the pictures that are drawn on give rise to.
    summary.warnings += outcome.report.warnings.filter { !summary.warnings.contains($0) }
    summary.isInterrupted = interruption.isRequested
    guard summary.isInterrupted || linked.count == expected else { throw lostJournal }
    if isDropped { return }
    summary.warnings += try output.finish(isPartial: isPartial)
  }

  /// Someone else removed the journal, or cut it, while this job worked with it.
  private var lostJournal: PipelineError {
    PipelineError(
      .failed, "\(job.outputs.journal.relativePath): was removed or changed while it was in use; start again")
  }

  /// Whether the video goes on after the last result, as far as was asked for.
  private var isPartial: Bool {
    summary.isInterrupted || job.settings.input.end != nil || job.settings.input.maxFrames != nil
  }

  /// Whether what was written is not to appear, since it is not all and only the whole is wanted.
  private var isDropped: Bool { summary.isInterrupted && !job.settings.keepsPartialResults }

  private func makeOutput() -> SinkThread {
    let (job, header, info) = (job, header, reader.info)
    let overlay = job.settings.overlay?.sink(
      job.outputs.video, source: job.source, info: info, reading: job.settings.input,
      skeleton: header.skeleton, overwrites: true)
    let destination = job.outputs.poses
    return SinkThread(capacity: 8, clock: clocks.write) {
      let poses = try PosesSink(destination, header: header)
      return [poses] + (overlay.map { [$0] } ?? [])
    }
  }
}
