internal import ArgumentParser
internal import Batch

struct BatchRetryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Lets the next runs try again what failed, for whatever reason.",
    discussion: "What failed for a passing reason is tried again anyway, as often as --attempts of `run` says.")

  @OptionGroup var batch: ManifestOptions

  @Flag(help: "Those that failed; say so.")
  var failed = false

  func validate() throws {
    if !failed { throw ValidationError("Say --failed: what is done is not done again; for that, remove its results.") }
  }

  func run() throws {
    let count = try BatchRetry.run(try Manifest(batch.file))
    Terminal.say(
      count == 0 ? "Nothing has failed." : "\(SummaryText.count(count, "job")) will be tried again by the next run.")
  }
}
