internal import ArgumentParser
internal import Batch
internal import Files
private import Foundation
private import Interchange

struct BatchMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Puts all results of a batch into one file.",
    discussion: """
      A SQLite database with the tables videos, tracks, frames, people and keypoints and the views poses and failures, which \
      pandas, DuckDB and datasette read as it is; or JSON Lines, where the output ends in .jsonl or is - (standard output).

      EXAMPLE
        posetrail batch merge jobs.jsonl -o results.sqlite
        sqlite3 results.sqlite "SELECT input, track, frames FROM tracks JOIN videos USING (video)"
      """)

  @OptionGroup var batch: ManifestOptions

  @Option(name: [.short, .long], help: ArgumentHelp("The file.", valueName: "file"), completion: .file())
  var output: String

  @Flag(help: "Replace the output if it exists.")
  var force = false

  @Flag(help: "Merge what is there although jobs are still open.")
  var partial = false

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  func run() throws {
    let manifest = try Manifest(batch.file)
    let merge = BatchMerge(manifest)
    if !partial, merge.openCount > 0 {
      throw FileError(
        .invalid, batch.file, "\(merge.openCount) of \(merge.count) videos are not done",
        remedy: "run the batch to its end, or merge what is there with --partial")
    }
    let target = OutputTarget(output, overwrites: force)
    var claim: OutputClaim?
    if case .place(let url, let overwrites) = target { claim = try OutputClaim([url], overwrites: overwrites) }
    try OutputWork.run(claim) {
      let summary = try merge.run(to: target)
      for missing in summary.missing { Terminal.say("posetrail: \(missing.input): not in it: \(missing.reason)") }
      if !quiet {
        Terminal.say(
          "\(output): \(SummaryText.count(summary.frames, "frame")) of \(SummaryText.count(summary.videos, "video")), "
            + "\(summary.missing.count) not in it")
      }
    }
  }
}
