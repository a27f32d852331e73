internal import Detection
internal import Estimation
internal import Files
internal import Foundation
internal import Imaging
internal import Interchange
internal import Pose
internal import Tracking
internal import Video

/// A tracking job under way.
struct TrackRun {
  private let job: TrackJob
  private let interruption: Interruption
  private let onProgress: (Progress) -> Void
  private let clocks = (
    decode: StageClock(), detect: StageClock(), pose: StageClock(), link: StageClock(), write: StageClock()
  )

  private let reader: VideoReader
  private let boxes: any BoxProvider
  private var stage: PoseStage
  private let header: RecordingHeader
  private let journal: JournalWriter
  /// Frames of an earlier run, not yet taken up again.
  private var replay: JournalReplay
  private var linker: Linker
  private var meter: ProgressMeter
  private var summary = TrackSummary()

  init(_ job: TrackJob, interruption: Interruption, onProgress: @escaping (Progress) -> Void) throws {
    self.job = job
    self.interruption = interruption
    self.onProgress = onProgress
    let (linking, overlay) = (job.settings.linking, job.settings.overlay)
    var reading = job.settings.reading
    reading.wantsPicture = true
    reading.wantsPlanar = overlay != nil && linking.people == nil
    reader = try VideoReader(source: job.source, options: reading)
    if let overlay {
      try VideoWriter.check(destination: job.outputs.video, format: reader.info.format, options: overlay.encoding)
    }
    let video = Provenance.Source(
      name: job.source.lastPathComponent, sha256: try FileDigest.sha256(ofSource: job.source))
    header = job.provenance.header(
      of: job.source, video, reader.info, skeleton: job.estimator.skeleton, linking: linking)
    boxes = try job.makeBoxes(VideoFacts(name: header.name, reader.info))
    let rule = boxes.followsPoses ? FrameGroupRule(people: .max, frames: 1) : FrameGroupRule()
    stage = PoseStage(job.estimator, rule: rule)
    var fingerprint = job.provenance.fingerprint(video: video, reading: reading)
    if boxes.followsPoses { fingerprint.merge(linking.identityProvenance) { own, _ in own } }
    let own = JournalHeader(fingerprint: fingerprint)
    (replay, journal) = try JournalReplay.open(
      job.outputs.journal, header: own, resumes: job.settings.resumes, rule: rule, boxes: boxes)
    linker = Linker(skeleton: header.skeleton, settings: linking)
    meter = ProgressMeter(total: reader.info.frameCount(of: job.settings.reading))
  }

  /// Runs to the end, or to an interruption. What was done is then in its place.
  mutating func analyse() throws -> TrackSummary {
    do {
      try writeResults()
    } catch {
      if journal.isEmpty { try? FileManager.default.removeItem(at: job.outputs.journal) }
      throw error
    }
    summary.stages = [
      ("decode", clocks.decode.busy), ("boxes", clocks.detect.busy), ("poses", clocks.pose.busy),
      ("identities", clocks.link.busy), ("drawing and encoding", clocks.write.busy),
    ]
    return summary
  }

  private mutating func writeResults() throws {
    if let people = job.settings.linking.people {
      try findPeople { _ in }
      try writeAgain(keeping: linker.presence.mostPresent(people))
    } else {
      let output = makeOutput()
      try findPeople { try output.consume($0) }
      summary.warnings += try output.finish(isPartial: isPartial)
    }
  }

  /// Boxes, poses, identities, frame by frame.
  private mutating func findPeople(_ deliver: (TrackedFrame) throws -> Void) throws {
    let frames = FrameStream(reader, capacity: 8, clock: clocks.decode)
    while let frame = try nextFrame(frames) {
      if let known = try replay.next(for: frame) {
        try link(frame, known.poses, deliver)
        continue
      }
      let boxes = try clocks.detect.measure {
        try self.boxes.boxes(in: FrameView(index: frame.index, picture: frame.picture, name: frame.name))
      }
      try keep(clocks.pose.measure { try stage.add(frame, boxes: boxes) }, deliver)
    }
    try keep(clocks.pose.measure { try stage.finish() }, deliver)
    guard summary.frames > 0 || summary.isInterrupted else { throw PipelineError.noFrames(of: job.source) }
    summary.damage = frames.report.damage
    summary.warnings += frames.report.warnings
  }

  private mutating func nextFrame(_ frames: FrameStream) throws -> Frame? {
    if interruption.isRequested {
      summary.isInterrupted = true
      return nil
    }
    return try frames.next()
  }

  private mutating func keep(
    _ done: [(frame: Frame, poses: [Pose])], _ deliver: (TrackedFrame) throws -> Void
  ) throws {
    for (frame, poses) in done {
      try journal.append(JournalFrame(index: frame.index, time: frame.time, name: frame.name, poses: poses))
    }
    try journal.flush()
    for (frame, poses) in done {
      try link(frame, poses, deliver)
    }
  }

  private mutating func link(_ frame: Frame, _ poses: [Pose], _ deliver: (TrackedFrame) throws -> Void) throws {
    let people = clocks.link.measure { linker.link(poses, at: frame.time) }
    boxes.observe(people.seen)
    summary.frames += 1
    summary.poses += people.shown.count
    summary.tracks = linker.presence.frames.count
    onProgress(meter.step())
    var slim = frame
    slim.picture = .none
    try deliver(TrackedFrame(frame: slim, people: people.shown))
  }

  /// Identities and results again, with only the people in `kept`.
  private mutating func writeAgain(keeping kept: Set<Int>) throws {
    guard var records = try JournalReader(job.outputs.journal) else { return }
    var linker = Linker(skeleton: header.skeleton, settings: job.settings.linking)
    let output = makeOutput()
    let known = KnownResults(
      reader: job.settings.overlay == nil
        ? nil : try VideoReader(source: job.source, options: job.settings.reading.forDrawing))
    // What was found before an interruption is written; one from here on ends the writing.
    let (interruption, wasInterrupted) = (interruption, summary.isInterrupted)
    let results = { () -> RecordedFrame? in
      guard wasInterrupted || !interruption.isRequested, let record = records.next() else { return nil }
      let people = linker.link(record.poses, at: record.time).shown.filter { kept.contains($0.trackID) }
      return RecordedFrame(index: record.index, time: record.time, name: record.name, people: people)
    }
    (meter, summary.poses, summary.tracks) = (ProgressMeter(total: summary.frames), 0, kept.count)
    try known.join(results, clock: clocks.decode) { frame in
      summary.poses += frame.people.count
      onProgress(meter.step())
      try output.consume(frame)
    }
    summary.isInterrupted = interruption.isRequested
    summary.warnings += try output.finish(isPartial: isPartial)
  }

  /// Whether the video goes on after the last result, as far as was asked for.
  private var isPartial: Bool {
    summary.isInterrupted || job.settings.reading.end != nil || job.settings.reading.maxFrames != nil
  }

  private func makeOutput() -> SinkThread {
    let (job, header, info) = (job, header, reader.info)
    let overlay = job.settings.overlay?.sink(
      job.outputs.video, source: job.source, info: info, reading: job.settings.reading,
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
