internal import Pipeline

/// Shows on standard error how far the work on one video has come.
protocol ProgressDisplay: Sendable {
  func show(_ progress: Pipeline.Progress)
  /// Makes room for what is printed next.
  func clear()
}
