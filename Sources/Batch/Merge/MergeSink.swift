internal import Interchange

/// What the results of a batch are merged into. Videos come one after the other, each with its frames behind it.
protocol MergeSink: AnyObject {
  /// - Parameter header: nil for a job that has no results.
  func begin(_ job: BatchJob, _ state: JobState, _ header: RecordingHeader?) throws
  func add(_ frame: RecordedFrame) throws
  func finish() throws
}
