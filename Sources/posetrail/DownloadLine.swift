private import Foundation
private import Synchronization

/// Shows on standard error how far a download is: a line that redraws itself on a terminal, one now and then elsewhere.
final class DownloadLine: Sendable {
  private let title: String
  private let isQuiet: Bool
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let lastDrawn = Mutex<ContinuousClock.Instant?>(nil)

  init(title: String, isQuiet: Bool) {
    self.title = Terminal.escaped(title)
    self.isQuiet = isQuiet
  }

  func show(_ done: Int64, of total: Int64?) {
    guard !isQuiet else { return }
    lastDrawn.withLock { last in
      let now = ContinuousClock.now
      if let last, now - last < (isTerminal ? .milliseconds(200) : .seconds(10)) { return }
      last = now
      let text = "\(title): \(megabytes(done))\(total.map { " of \(megabytes($0))" } ?? "")"
      Terminal.write(isTerminal ? "\r\u{1B}[K" + text : text + "\n")
    }
  }

  /// Removes the line.
  func end() {
    lastDrawn.withLock { last in
      if last != nil && isTerminal { Terminal.write("\r\u{1B}[K") }
      last = nil
    }
  }

  private func megabytes(_ bytes: Int64) -> String {
    String(format: "%.1f MB", Double(bytes) / 1e6)
  }
}
