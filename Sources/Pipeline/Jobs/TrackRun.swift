internal import Detection
internal import Estimation
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
  private let onFrame: (_ done: Int, _ total: Int?) -> Void
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
  private var summary = TrackSummary()

  init(_ job: TrackJob, interruption: Interruption, onFrame: @escaping (_ done: Int, _ total: Int?) -> Void) throws {
    self.job = job
    self.interruption = interruption
    self.onFrame = onFrame
    var reading = job.settings.reading
    reading.wantsImage = true
    reading.wantsPlanar = job.settings.overlay != nil && job.settings.people == nil
    reader = try VideoReader(source: job.source, options: reading)
    let video = Provenance.Source(name: job.source.lastPathComponent, sha256: try FileDigest.sha256(of: job.source))
    header = job.provenance.header(of: job.source, video, reader.info, skeleton: job.estimator.skeleton)
    boxes = try job.makeBoxes(VideoFacts(name: header.name, reader.info))
    let rule = boxes.followsPoses ? FrameGroupRule(people: .max, frames: 1) : FrameGroupRule()
    stage = PoseStage(job.estimator, rule: rule)
    let own = JournalHeader(fingerprint: job.provenance.fingerprint(video: video))
    (replay, journal) = try JournalReplay.open(
      job.outputs.journal, header: own, resumes: job.settings.resumes, rule: rule, boxes: boxes)
    linker = Linker(skeleton: header.skeleton, options: job.settings.tracking)
  }

  /// Runs to the end, or to an interruption. What was done is then in its place.
  mutating func analyse() throws -> TrackSummary {
    if let people = job.settings.people {
      try findPeople { _ in }
      try writeAgain(keeping: linker.presence.mostPresent(people))
    } else {
      let output = makeOutput()
      try findPeople { try output.consume($0) }
      try output.finish(isPartial: isPartial)
    }
    summary.stages = [
      ("decode", clocks.decode.busy), ("boxes", clocks.detect.busy), ("poses", clocks.pose.busy),
      ("identities", clocks.link.busy), ("drawing and encoding", clocks.write.busy),
    ]
    return summary
  }

  /// Boxes, poses, identities, frame by frame.
  private mutating func findPeople(_ deliver: (TrackedFrame) throws -> Void) throws {
    let frames = FrameStream(reader, capacity: 4, clock: clocks.decode)
    while let frame = try nextFrame(frames) {
      if let known = try replay.next(for: frame) {
        try link(frame, known.poses, deliver)
        continue
      }
      let boxes = try clocks.detect.measure {
        try self.boxes.boxes(in: FrameView(index: frame.index, image: frame.image, name: frame.name))
      }
      try keep(clocks.pose.measure { try stage.add(frame, boxes: boxes) }, deliver)
    }
    try keep(clocks.pose.measure { try stage.finish() }, deliver)
    summary.damage = frames.report.damage
    summary.warnings = frames.report.warnings
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
    boxes.observe(people)
    summary.frames += 1
    summary.poses += people.count
    summary.tracks = linker.presence.frames.count
    onFrame(summary.frames, total)
    var slim = frame
    slim.image = Image(width: 0, height: 0)
    try deliver(TrackedFrame(frame: slim, people: people))
  }

  /// Identities and results again, with only the people in `kept`.
  private func writeAgain(keeping kept: Set<Int>) throws {
    guard var records = try JournalReader(job.outputs.journal) else { return }
    var linker = Linker(skeleton: header.skeleton, options: job.settings.tracking)
    let output = makeOutput()
    let known = KnownResults(
      source: job.source, reading: job.settings.reading, needsPictures: job.settings.overlay != nil)
    let results = {
      records.next().map { record in
        let people = linker.link(record.poses, at: record.time).filter { kept.contains($0.trackID) }
        return RecordedFrame(index: record.index, time: record.time, name: record.name, people: people)
      }
    }
    try known.join(results, clock: clocks.decode) { try output.consume($0) }
    try output.finish(isPartial: isPartial)
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
    return SinkThread(capacity: 4, clock: clocks.write) {
      let poses = try PosesSink(destination, header: header)
      return [poses] + (overlay.map { [$0] } ?? [])
    }
  }

  private var total: Int? {
    reader.info.estimatedFrameCount.map { count in
      min(
        job.settings.reading.maxFrames ?? .max, (count + job.settings.reading.stride - 1) / job.settings.reading.stride)
    }
  }
}

extension VideoFacts {
  init(name: String, _ info: VideoInfo) {
    self.init(
      name: name, width: info.width, height: info.height, frameCount: info.estimatedFrameCount,
      frameNames: info.frameNames)
  }
}
