internal import ArgumentParser
internal import Foundation

struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Tracks many videos with any number of workers, on one machine or on a cluster.",
    discussion: """
      `plan` writes the jobs into a manifest, `run` does them. Any number of runs may share a manifest, on any machines that \
      see its folder: each job is done once. Whatever ends a run, the next one goes on to the same bytes. What the workers say \
      of their jobs lies in MANIFEST.state, with the leases on them.

      EXAMPLE
        posetrail batch plan videos/ -o results --manifest jobs.jsonl --detect-every 3
        posetrail batch run jobs.jsonl --jobs 8
        posetrail batch status jobs.jsonl
        posetrail batch merge jobs.jsonl -o results.sqlite

      Exit status of `run`: 0 all jobs are done; 1 some failed for a reason that may pass, run again; 2 some failed for good, \
      `status` says why; 3 all are done, but parts of some videos could not be decoded; 130 interrupted, run again.
      """,
    subcommands: [
      BatchPlanCommand.self, BatchRunCommand.self, BatchStatusCommand.self, BatchRetryCommand.self,
      BatchMergeCommand.self,
    ])
}

/// The manifest that a command is about.
struct ManifestOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("What `posetrail batch plan` has written.", valueName: "manifest"),
    completion: .file(extensions: ["jsonl"]))
  var manifest: String

  @Option(
    help: ArgumentHelp(
      "How long a worker that can't be seen to have ended may be silent before others take its job.",
      valueName: "seconds"))
  var lease: Double = 120

  var file: URL { URL(filePath: manifest) }

  func validate() throws {
    if !(0.5...86400).contains(lease) { throw ValidationError("--lease must be 0.5 to 86400 seconds.") }
  }
}
