internal import Imaging
internal import Interchange
internal import Pose
internal import Tracking
internal import Video

extension TrackRun {
  /// Poses frame by frame, first those that an earlier run left in the journal, and the people that `link` makes of them.
  ///
  /// - Parameter carry: Moves these people to the next frame by the flow, for trackers that go by it.
  mutating func findPeople(
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
}
