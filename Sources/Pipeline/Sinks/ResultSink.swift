/// Where results go. All calls come from one thread; what is not finished leaves nothing behind.
protocol ResultSink: AnyObject {
  func consume(_ result: TrackedFrame) throws
  /// - Parameter isPartial: Whether the source goes on after the last result.
  func finish(isPartial: Bool) throws
  /// What a person should know about what was written.
  var notes: [String] { get }
}
