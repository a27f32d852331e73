package import Pipeline
private import Video

/// How an attempt at a job ended.
package enum JobOutcome: Sendable {
  case ended(TrackSummary)
  /// - Parameters:
  ///   - code: The exit status that `posetrail track` would have had.
  ///   - lasting: Whether trying again is useless until something is changed.
  case failed(reason: String, code: Int32, lasting: Bool)
}

extension BatchEvent {
  init(_ outcome: JobOutcome, job: String, attempt: Int) {
    switch outcome {
    case .ended(let summary):
      self.init(summary.isInterrupted ? .interrupted : .done, job: job, attempt: attempt)
      (frames, poses, people) = (summary.frames, summary.poses, summary.tracks)
      doneAlready = summary.wasDone ? true : nil
      if !summary.damage.isEmpty {
        (lostPackets, patchedFrames) = (summary.damage.lostPackets, summary.damage.patchedFrames)
        reason = summary.damage.sentence
      }
    case .failed(let why, let status, let stays):
      self.init(.failed, job: job, attempt: attempt)
      (reason, code, lasting) = (why, status, stays)
    }
  }
}
