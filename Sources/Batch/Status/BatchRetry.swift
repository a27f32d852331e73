/// Lets failed jobs be tried again, whatever they failed for.
package enum BatchRetry {
  /// - Returns: How many there are.
  package static func run(_ manifest: Manifest) throws -> Int {
    let state = BatchState(manifest.state)
    let failed = manifest.jobs.filter { state[$0].phase == .failed }
    guard !failed.isEmpty else { return 0 }
    let status = try StatusFile(in: manifest.state)
    try status.append(
      contentsOf: failed.map { BatchEvent(.retry, job: $0.id, attempt: state[$0].last?.attempt ?? 0) })
    return failed.count
  }
}
