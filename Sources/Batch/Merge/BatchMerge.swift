package import Files
private import Foundation
private import Interchange

/// Puts the results of all jobs of a batch into one file.
package struct BatchMerge {
  package struct Summary: Sendable {
    package var videos = 0
    package var frames = 0
    /// Jobs without results, and why.
    package var missing: [(input: String, reason: String)] = []
  }

  private let manifest: Manifest
  private let state: BatchState

  package init(_ manifest: Manifest) {
    (self.manifest, state) = (manifest, BatchState(manifest.state))
  }

  /// How many jobs make results.
  package var count: Int { results.count }

  /// How many of them have no end yet.
  package var openCount: Int {
    results.count { job in
      let state = state[job]
      return state.phase != .done && !state.hasFailedForGood
    }
  }

  /// The jobs that make results, which those that are parts of a video don't.
  private var results: [BatchJob] { manifest.jobs.filter { $0.frameRange == nil } }

  /// Into JSON Lines where the name of the target says so or it is standard output, else into a SQLite database.
  ///
  /// - Throws: Where a result is missing or not that of its job.
  package func run(to target: OutputTarget) throws -> Summary {
    let sink: any MergeSink
    if case .place(let url, let overwrites) = target, !["jsonl", "ndjson"].contains(url.pathExtension.lowercased()) {
      sink = try DatabaseSink(url, overwrites: overwrites)
    } else {
      sink = try LinesSink(target)
    }
    var summary = Summary()
    for job in results {
      let state = state[job]
      guard state.phase == .done else {
        summary.missing.append((job.input, state.words))
        try sink.begin(job, state, nil)
        continue
      }
      let file = job.output + ".posetrack.json"
      let reader = try RecordingFormat.open(file, as: .poseTrack)
      guard reader.header.provenance?.video?.sha256 == job.sha256 else {
        throw FileError(
          .invalid, file: file, problem: "is not made from \(job.input) as it was planned",
          remedy: "remove it and run the batch again")
      }
      try sink.begin(job, state, reader.header)
      summary.videos += 1
      var frames = try reader.frames()
      while let frame = try frames.next() {
        try sink.add(frame)
        summary.frames += 1
      }
    }
    try sink.finish()
    return summary
  }
}

extension JobState {
  /// Why it has no results.
  package var words: String {
    switch phase {
    case .waiting: "not begun"
    case .started, .interrupted: "not ended"
    case .done: "done"
    case .failed: last?.reason ?? "failed"
    }
  }
}
