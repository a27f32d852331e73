internal import ArgumentParser
internal import Batch
internal import Files
private import Foundation
private import Inference
internal import Pipeline

struct BatchRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Does the jobs of a manifest that are not done, beside any other runs.",
    discussion: """
      Jobs are skipped where results of the same source and options are in their place, and go on where they were interrupted. \
      What fails for a passing reason is tried again. A run waits for the jobs of its part that others have: when it ends with \
      status 0, all of them are done. SIGTERM and SIGUSR1 end it within seconds, and the next one goes on.

      In an array of Slurm a run takes its part of the jobs (SLURM_ARRAY_TASK_ID); in an indexed job of Kubernetes it does with \
      --shards, which says how many parts there are (JOB_COMPLETION_INDEX).

      EXAMPLE
        posetrail batch run jobs.jsonl --jobs 4
        posetrail batch run jobs.jsonl --shard 3/10
      """)

  @OptionGroup var batch: ManifestOptions

  @Option(help: ArgumentHelp("Do the i-th of n parts of about the same work, from 1/n to n/n.", valueName: "i/n"))
  var shard: Shard?

  @Option(
    help: ArgumentHelp(
      "How many parts there are, where the part is taken from the environment; indices count from 0.", valueName: "n"))
  var shards: Int?

  @Option(
    help: ArgumentHelp(
      "Jobs done at a time, each by a process of its own (default: the processors it may use by the jobs' --threads).",
      valueName: "count"))
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "Attempts at a job that fails for a passing reason, or whose workers die without getting further.",
      valueName: "count"))
  var attempts: Int = 3

  @Option(
    help: ArgumentHelp("When to try again what failed; twice as long after each further failure.", valueName: "seconds")
  )
  var retryAfter: Double = 10

  @Flag(help: .hidden) var worker = false

  @OptionGroup var report: ReportOptions

  func validate() throws {
    if shard != nil && shards != nil { throw ValidationError("Choose one of --shard and --shards.") }
    if let shards, shards < 1 { throw ValidationError("--shards must be at least 1.") }
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs must be 1 to 1024.") }
    if !(1...100).contains(attempts) { throw ValidationError("--attempts must be 1 to 100.") }
    if !(0...86400).contains(retryAfter) { throw ValidationError("--retry-after must be 0 to 86400 seconds.") }
  }

  func run() throws {
    let manifest = try Manifest(batch.file)
    let environment = ProcessInfo.processInfo.environment
    let part = shard ?? Shard(environment, of: shards)
    let own = (part ?? .all).jobs(of: manifest.jobs)
    let interruption = Interruption()
    // Batch systems signal workers and their pool at once, which passes it on.
    let listener = interruption.listen(echo: worker ? 3000 : 100)
    defer { _ = consume listener }
    if worker { ProcessIdentity.endWithParent() }
    let processes = worker ? 1 : min(jobs ?? Self.processes(for: own), max(1, own.count))
    if !report.quiet && !worker {
      let share = part.map { ", part \($0.number) of \($0.count)" } ?? ""
      Terminal.say("\(batch.manifest): \(SummaryText.count(own.count, "job"))\(share), \(processes) at a time")
    }
    if processes > 1 {
      try WorkerPool(count: processes).run(arguments(part), interruption).throwUnlessDone()
    } else {
      try work(manifest, own, interruption).throwUnlessDone()
    }
  }

  private func work(_ manifest: Manifest, _ own: [BatchJob], _ interruption: Interruption) throws -> ExitStatus {
    var options = BatchWorker.Options()
    (options.attempts, options.term, options.delay) = (attempts, batch.lease, retryAfter)
    var batchWorker = try BatchWorker(manifest, own, options)
    let runner = JobRunner(report, of: batchWorker.count, isAlone: !worker)
    let tally = try batchWorker.run(
      interruption, hasResults: runner.hasResults, journal: { JobRunner.outputs($0).journal },
      { runner.run($0, number: $1, $2) }, tell: tell)
    if tally.isInterrupted { return .interrupted }
    if tally.failedInPassing > 0 { return .failed }
    if tally.failedForGood > 0 { return .unusable }
    return tally.damaged > 0 && !own.allSatisfy(runner.acceptsDamage) ? .partial : .done
  }

  private func tell(_ job: BatchJob, _ event: BatchEvent) {
    let words: String
    switch event.event {
    case .failed:
      Terminal.say(
        "posetrail: \(job.name): \(event.reason ?? "failed")\(event.lasting == true ? "" : "; it may pass")")
      return
    case .done where event.doneAlready == true: words = "done already"
    case .done:
      words = "\(SummaryText.count(event.frames ?? 0, "frame")) in \(String(format: "%.1f", event.seconds ?? 0)) s"
    default: words = "interrupted"
    }
    if !report.quiet { Terminal.say("\(job.name): \(words)") }
  }

  /// As many as keep the processors busy.
  private static func processes(for jobs: [BatchJob]) -> Int {
    let threads = jobs.compactMap { job -> Int? in
      guard let place = job.options.lastIndex(of: "--threads"), place + 1 < job.options.count else { return nil }
      return Int(job.options[place + 1])
    }
    return max(1, ProcessorCount.available / max(1, threads.max() ?? ProcessorCount.available))
  }

  /// Of a worker that does the same jobs.
  private func arguments(_ part: Shard?) -> [String] {
    let shard = part ?? .all
    return [
      "batch", "run", batch.manifest, "--worker", "--lease", "\(batch.lease)", "--attempts", "\(attempts)",
      "--retry-after", "\(retryAfter)", "--shard", "\(shard.number)/\(shard.count)", "--progress",
      report.progress.rawValue,
    ] + (report.quiet ? ["--quiet"] : [])
  }
}
