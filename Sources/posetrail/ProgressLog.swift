private import Foundation
internal import Pipeline
private import Synchronization

/// Writes progress as JSON Lines: the first frame, one line a second, and how far it came in the end.
final class ProgressLog: ProgressDisplay {
  private struct State {
    var lastWritten: Duration?
    var pending: Pipeline.Progress?
  }

  private struct Line: Encodable {
    var event = "progress"
    var video: String
    var number: Int
    var of: Int
    var frames: Int
    /// Absent where the container does not say.
    var framesTotal: Int?
    var framesPerSecond: Double
    var seconds: Double
    var secondsLeft: Double?
  }

  private let video: String
  private let number: Int
  private let count: Int
  private let state = Mutex(State())

  init(video: String, number: Int, of count: Int) {
    (self.video, self.number, self.count) = (video, number, count)
  }

  func show(_ progress: Pipeline.Progress) {
    state.withLock { state in
      if let last = state.lastWritten, progress.elapsed - last < .seconds(1) {
        state.pending = progress
      } else {
        (state.lastWritten, state.pending) = (progress.elapsed, nil)
        write(progress)
      }
    }
  }

  func clear() {
    state.withLock { state in
      if let progress = state.pending { write(progress) }
      state.pending = nil
    }
  }

  private func write(_ progress: Pipeline.Progress) {
    Terminal.write(
      JSONLines.line(
        Line(
          video: video, number: number, of: count, frames: progress.framesDone, framesTotal: progress.framesTotal,
          framesPerSecond: progress.framesPerSecond, seconds: progress.elapsed / .seconds(1),
          secondsLeft: progress.secondsLeft)) + "\n")
  }
}
