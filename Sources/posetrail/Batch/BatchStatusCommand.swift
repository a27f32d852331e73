internal import ArgumentParser
internal import Batch
private import Foundation
private import Pipeline

struct BatchStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Says how a batch stands, and what failed and why.")

  @OptionGroup var batch: ManifestOptions

  @Flag(help: "Print it as an object of JSON on one line.")
  var json = false

  @Flag(help: "Say it again and again until the batch is over or this is interrupted.")
  var watch = false

  func run() throws {
    let manifest = try Manifest(batch.file)
    var state = BatchState(manifest.state)
    let interruption = Interruption()
    let listener = watch ? interruption.listen() : nil
    defer { _ = consume listener }
    while true {
      let summary = BatchSummary(manifest, state, term: batch.lease)
      let isLast = !watch || summary.isOver || interruption.isRequested
      if json {
        try Terminal.print(data: summary.json)
      } else {
        try Terminal.print(Self.text(summary, withFailures: isLast))
      }
      if isLast { return }
      for _ in 0..<40 where !interruption.isRequested { usleep(50_000) }
      state.refresh()
    }
  }

  private static func text(_ summary: BatchSummary, withFailures: Bool) -> String {
    var parts = ["\(summary.done) of \(summary.jobs) jobs done (\(Int(summary.share * 100)) % of the work)"]
    if summary.damaged > 0 { parts.append("\(summary.damaged) of them with damage") }
    for (count, words) in [
      (summary.running, "running"), (summary.waiting, "waiting"), (summary.interrupted, "interrupted"),
      (summary.failed, "failed for reasons that may pass"), (summary.failedForGood, "failed for good"),
    ] where count > 0 { parts.append("\(count) \(words)") }
    if let seconds = summary.secondsLeft {
      parts.append(String(format: "about %.0f min left", (seconds / 60).rounded(.up)))
    }
    let failures =
      withFailures ? summary.failures.map { "  \($0.input): \($0.reason)\($0.lasting ? "" : " (may pass)")" } : []
    return ([parts.joined(separator: ", ")] + failures).joined(separator: "\n")
  }
}
