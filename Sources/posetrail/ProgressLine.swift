private import Foundation
internal import Pipeline
private import Synchronization

/// Shows progress on standard error: a bar that redraws itself on a terminal, a plain line every ten seconds elsewhere.
final class ProgressLine: ProgressDisplay {
  private struct State {
    var lastDrawn: Duration?
    var hasBar = false
  }

  private let title: String
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let state = Mutex(State())

  init(title: String) {
    self.title = Terminal.escaped(title)
  }

  func show(_ progress: Pipeline.Progress) {
    state.withLock { state in
      let interval: Duration = isTerminal ? .milliseconds(200) : .seconds(10)
      if let last = state.lastDrawn, progress.elapsed - last < interval { return }
      if state.lastDrawn == nil && !isTerminal && progress.elapsed < interval { return }
      state.lastDrawn = progress.elapsed
      state.hasBar = isTerminal
      write(isTerminal ? "\r\u{1B}[K" + bar(progress, columns: Terminal.columns) : plain(progress) + "\n")
    }
  }

  /// Removes the bar, so that what is printed next starts on a clean line.
  func clear() {
    state.withLock { state in
      if state.hasBar { write("\r\u{1B}[K") }
      state.hasBar = false
    }
  }

  private func plain(_ progress: Pipeline.Progress) -> String {
    let count = progress.framesTotal.map { "\(progress.framesDone) of \($0)" } ?? "\(progress.framesDone)"
    return "\(title): \(count) frames, \(speed(progress))"
  }

  /// A line of at most so many columns, as one that wraps could not be drawn over: the bar gives way first, then the
  /// title.
  private func bar(_ progress: Pipeline.Progress, columns: Int) -> String {
    guard let total = progress.framesTotal, total > 0 else {
      return String("\(title)  \(progress.framesDone) frames  \(speed(progress))".prefix(columns - 1))
    }
    let share = min(1, Double(progress.framesDone) / Double(total))
    let figures = "\(Int(share * 100)) %  \(progress.framesDone)/\(total)  \(speed(progress))"
    let width = min(24, columns - title.count - figures.count - 4)
    guard width >= 4 else { return String("\(figures)  \(title)".prefix(columns - 1)) }
    let filled = Int(share * Double(width))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    return "\(title)  \(bar) \(figures)"
  }

  private func speed(_ progress: Pipeline.Progress) -> String {
    let rate = String(format: "%.1f frames/s", progress.framesPerSecond)
    return progress.secondsLeft.map { "\(rate), \(clock($0)) left" } ?? rate
  }

  private func clock(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 359_999).rounded(.up))
    return whole >= 3600
      ? String(format: "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
      : String(format: "%d:%02d", whole / 60, whole % 60)
  }

  private func write(_ text: String) {
    Terminal.write(text)
  }
}
