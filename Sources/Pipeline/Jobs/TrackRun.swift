private import Detection
internal import Files
internal import Foundation
internal import Imaging
internal import Interchange
internal import Pose
internal import Timing
internal import Tracking
internal import Video

/// A tracking job under way.
struct TrackRun {
  private let job: TrackJob
  /// The indices of the frames whose poses are wanted, and the next one's behind them, by which parts are seen to fit; nil for all.
  private let part: Range<Int>?
  private let interruption: Interruption
  private let onProgress: (Progress) -> Void
  private let clocks = (decode: StageClock(), flow: StageClock(), link: StageClock(), write: StageClock())

  private let reader: VideoReader
  private let provider: any PoseProvider
  private let header: RecordingHeader
  private let provenance: Provenance
  private let settings: RunSettings
  private var meter: ProgressMeter
  private var summary = TrackSummary()

  init(
    _ job: TrackJob, part: Range<Int>? = nil, interruption: Interruption, onProgress: @escaping (Progress) -> Void
  ) throws {
    (self.job, self.part) = (job, part)
    self.interruption = interruption
    self.onProgress = onProgress
    let (linking, overlay) = (job.settings.linking, job.settings.overlay)
    var reading = job.settings.input
    reading.wantsPicture = true
    reading.wantsPlanar = overlay != nil && !linking.looksAhead
    reading.wantsMotion = linking.flow?.source == .motionVectors
    reader = try VideoReader(source: job.source, options: reading, isInterrupted: interruption.check)
    settings = job.line.settings(input: job.settings.input, identities: linking, overlay: overlay)
    provenance = try job.line.provenance(of: job.source, reader.info, settings: settings)
    if let expected = job.settings.sourceSHA256, provenance.video?.sha256 != expected {
      throw PipelineError(
        .unusable, "\(job.source.relativePath): was changed since it was planned; plan the batch again")
    }
    header = job.line.header(of: job.source, provenance)
    provider = try job.line.poses(of: VideoFacts(name: header.name, reader.info))
    meter = ProgressMeter(total: reader.info.frameCount(of: job.settings.input, within: part))
  }

  /// Throws unless the results that are there are those of this job.
  func checkResults() throws {
    let file = job.outputs.poses
    guard let made = try PoseTrackFile(file).provenance else {
      throw PipelineError(
        .outputExists,
        "\(file.relativePath): does not say how it was made; replace it with --force or write elsewhere")
    }
    let differences = made.differences(provenance)
    guard differences.isEmpty else {
      throw PipelineError(
        .outputExists,
        "\(file.relativePath): was made otherwise than is asked for now, it differs in "
          + "\(differences.joined(separator: ", ")); replace it with --force or write elsewhere")
    }
    if settings.overlay != nil { _ = try VideoReader(source: job.outputs.video) }
  }

  /// Runs to the end, or to an interruption. What was done is then in its place.
  mutating func analyse() throws -> TrackSummary {
    if let overlay = job.settings.overlay {
      try VideoWriter.check(destination: job.outputs.video, format: reader.info.format, options: overlay.encoding)
    }
    let (replay, journal) = try openJournal()
    do {
      try writeResults(replay, journal)
    } catch {
      if journal.isEmpty { try? FileManager.default.removeItem(at: job.outputs.journal) }
      throw error
    }
    let stages =
      [("decode", clocks.decode)] + provider.stages
      + (job.settings.linking.flow == nil ? [] : [("flow", clocks.flow)])
      + [("identities", clocks.link), ("drawing and encoding", clocks.write)]
    summary.stages = stages.map { ($0.0, $0.1.busy) }
    return summary
  }

  /// Runs to the end of a part, or to an interruption, and leaves poses in the journal only.
  mutating func findPeople() throws -> TrackSummary {
    let (replay, journal) = try openJournal()
    try findPeople(replay, journal) { _ in [] }
    try journal.sync()
    return summary
  }

  private func openJournal() throws -> (JournalReplay, JournalWriter) {
    var own = provenance
    own.settings = try .encoding(settings.decidingPoses(followed: provider.followsPoses))
    return try JournalReplay.open(
      job.outputs.journal, header: JournalHeader(own), resumes: job.settings.resumes,
      restarts: job.settings.restarts, provider: provider)
  }

  private mutating func writeResults(_ replay: JournalReplay, _ journal: JournalWriter) throws {
    let (linking, clock) = (job.settings.linking, clocks.link)
    guard linking.looksAhead else { return try writeAtOnce(replay, journal) }
    var plan: IdentityPlan?
    var links: [[Link]]?
    if let options = linking.secondPass {
      var survey = Survey(skeleton: header.skeleton, settings: linking, options: options)
      try findPeople(replay, journal) { posed in
        clock.measure {
          survey.add(
            posed.poses, at: posed.frame.time, index: posed.frame.index, beginsShot: posed.frame.beginsShot)
        }
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
        try show(
          signals.add(frame, people, index: frame.index, time: frame.time, beginsShot: frame.beginsShot))
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

  /// Poses frame by frame, first those that an earlier run left in the journal, and the people that `link` makes of them.
  ///
  /// - Parameter carry: Moves these people to the next frame by the flow, for trackers that go by it.
  private mutating func findPeople(
    _ replay: JournalReplay, _ journal: JournalWriter,
    carry: ((any OpticalFlow)?, Frame) -> [TrackedPose] = { _, _ in [] }, link: (PosedFrame) throws -> [TrackedPose]
  ) throws {
    var replay = replay
    let frames = FrameStream(reader, capacity: 8, clock: clocks.decode, findsShots: true, range: part)
    let stage = PoseStage(provider)
    var flow = job.settings.linking.flow.map { FlowStage($0.source) }
    while let frame = try nextFrame(frames) {
      if flow != nil {
        provider.observe(clocks.flow.measure { carry(flow?.next(frame), frame) })
      }
      if let known = try replay.next(for: frame) {
        try take(PosedFrame(frame: frame, poses: known.poses), link)
      } else {
        try keep(stage.add(frame), journal, link)
      }
    }
    try keep(stage.finish(), journal, link)
    let mayBeEmpty = summary.isInterrupted || part != nil
    guard summary.frames > 0 || mayBeEmpty else { throw PipelineError.noFrames(of: job.source) }
    summary.damage = frames.report.damage
    summary.warnings += frames.report.warnings
  }

  private mutating func nextFrame(_ frames: FrameStream) throws -> Frame? {
    let frame = interruption.isRequested ? nil : try frames.next()
    // An interruption ends the frames, too.
    if frame == nil { summary.isInterrupted = interruption.isRequested }
    return frame
  }

  private mutating func keep(
    _ done: [PosedFrame], _ journal: JournalWriter, _ link: (PosedFrame) throws -> [TrackedPose]
  ) throws {
    for posed in done {
      let frame = posed.frame
      try journal.append(
        JournalFrame(
          index: frame.index, time: frame.time, name: frame.name, size: PictureSize(frame),
          beginsShot: frame.beginsShot, poses: posed.poses))
    }
    try journal.flush()
    for posed in done {
      try take(posed, link)
    }
  }

  private mutating func take(_ posed: PosedFrame, _ link: (PosedFrame) throws -> [TrackedPose]) throws {
    let people = try link(posed)
    if job.settings.linking.flow == nil { provider.observe(people) }
    guard part?.contains(posed.frame.index) ?? true else { return }
    summary.frames += 1
    onProgress(meter.step())
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

extension VideoFacts {
  init(name: String, _ info: VideoInfo) {
    self.init(
      name: name, width: info.width, height: info.height,
      frameCount: info.isFrameCountStated ? info.estimatedFrameCount : nil, frameNames: info.frameNames)
  }
}
