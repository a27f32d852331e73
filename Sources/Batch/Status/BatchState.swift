/// What became of all jobs of a batch.
package struct BatchState {
  private var reader: StatusReader
  private var states: [String: JobState] = [:]

  package init(_ folder: BatchFolder) {
    reader = StatusReader(folder)
    refresh()
  }

  package subscript(job: BatchJob) -> JobState { states[job.id] ?? JobState() }

  /// Takes in what was written since.
  package mutating func refresh() {
    for event in reader.next() { states[event.job, default: JobState()].add(event) }
  }
}
