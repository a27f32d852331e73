/// Counts the frames of one pass over a video.
struct ProgressMeter {
  /// nil where it is not known.
  var total: Int?
  private var done = 0
  private let start = ContinuousClock.now

  init(total: Int?) {
    self.total = total
  }

  /// One more frame is done.
  mutating func step() -> Progress {
    done += 1
    return Progress(framesDone: done, framesTotal: total, elapsed: ContinuousClock.now - start)
  }
}
