internal import ArgumentParser
private import Batch
private import Files
private import Foundation
private import Pipeline
private import Video

struct BatchPlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Writes the jobs of a batch into a manifest.",
    discussion: """
      A folder stands for the videos in it and in its folders; one with images only, for the video that they are. The folders \
      of the videos are found again below the output folder. The manifest has a line of JSON for each job, and may be edited. \
      All options of `track` that decide its results go with the jobs. Since results may depend on the number of threads, it \
      is the same for all workers: one, unless --threads says otherwise. With --part-minutes several workers share a long \
      video: each finds the poses of a part, and one links them all, to the bytes that one worker makes.

      EXAMPLE
        posetrail batch plan videos/ -o results --manifest jobs.jsonl --no-overlay
        find /data -name '*.mkv' | posetrail batch plan --from-list - -o results --manifest jobs.jsonl
      """)

  @Argument(
    help: ArgumentHelp("Videos, folders of videos, or folders of images.", valueName: "video"), completion: .file())
  var videos: [String] = []

  @Option(
    help: ArgumentHelp("Take them from a file, a name a line; - is standard input.", valueName: "file"),
    completion: .file())
  var fromList: String?

  @Option(
    name: [.short, .long], help: ArgumentHelp("Folder for the results.", valueName: "folder"), completion: .directory)
  var output: String

  @Option(
    help: ArgumentHelp("Where the jobs are written.", valueName: "file"), completion: .file(extensions: ["jsonl"]))
  var manifest: String

  @Option(
    help: ArgumentHelp("Cut longer videos into parts of about so many minutes, a job each.", valueName: "minutes"))
  var partMinutes: Double?

  @Flag(help: "Replace the manifest if it exists.")
  var force = false

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  @OptionGroup var options: TrackOptions

  func validate() throws {
    if videos.isEmpty && fromList == nil {
      throw ValidationError("Name videos or folders, or a list with --from-list.")
    }
    if let partMinutes, !(0.01...100_000).contains(partMinutes) {
      throw ValidationError("--part-minutes must be 0.01 to 100000.")
    }
  }

  func run() throws {
    let file = URL(filePath: manifest)
    let claim = try OutputClaim([file], overwrites: force)
    try OutputWork.run(claim) {
      // What the networks are is known to be all right before anything is read.
      let line = try options.line()
      if partMinutes != nil { try line.requireIndependentSections() }
      let plan = BatchPlan(videos + (try listed()), into: output)
      let arguments = try arguments()
      var jobs: [BatchJob] = []
      var isComplete = true
      for (number, item) in plan.items.enumerated() {
        do {
          jobs += try self.jobs(item, arguments)
        } catch {
          Terminal.report(error)
          isComplete = false
        }
        if !quiet, (number + 1) % 500 == 0 { Terminal.say("\(number + 1) of \(plan.items.count) videos read") }
      }
      guard isComplete else {
        throw FileError(
          .unreadable, file, "is not written, since some videos can't be read",
          remedy: "check their names and rights, or leave them out")
      }
      try Manifest.write(jobs, to: file, overwrites: force)
      _ = try Manifest(file)
      if !quiet {
        let videos = jobs.filter { $0.frameRange == nil }
        let frames = SummaryText.count(videos.reduce(0) { $0 + ($1.frames ?? 0) }, "frame")
        Terminal.say("\(manifest): \(SummaryText.count(jobs.count, "job")), about \(frames)")
      }
    }
  }

  private func listed() throws -> [String] {
    guard let fromList else { return [] }
    let text = fromList == "-" ? try InputText.standardInput() : try InputText(URL(filePath: fromList))
    return try text.read { () throws(FileError) in
      var lines = try LineReader(text)
      var names: [String] = []
      while let line = try lines.next() { if !line.isEmpty { names.append(line) } }
      return names
    }
  }

  private func arguments() throws -> [String] {
    let given = TrackArguments.filter(Array(try Arguments.read().dropFirst()))
    return options.engine.threads == nil ? given + ["--threads", "1"] : given
  }

  /// A source that can't be decoded is a job too, whose end says what is wrong with it.
  private func jobs(_ item: BatchPlan.Item, _ arguments: [String]) throws -> [BatchJob] {
    let source = URL(filePath: item.input)
    let sha256 = try FileDigest.sha256(ofSource: source)
    let info = try? VideoReader(source: source, options: options.input.readerOptions).info
    let frames = info?.frameCount(of: options.input.readerOptions)
    let size = (try? FileManager.default.attributesOfItem(atPath: source.path)[.size] as? Int) ?? 0
    let area = info.map { Double($0.width * $0.height) } ?? 0
    // Networks see people at one size; decoding and drawing see every pixel. Where nothing tells how long it is, bytes do.
    let cost = Double(frames ?? size / 20_000) * (1 + area / 2e6)
    let job = BatchJob(
      input: item.input, size: size, sha256: sha256, frames: frames, cost: max(1, cost), options: arguments,
      output: item.output)
    guard let partMinutes, let info else { return [job] }
    guard let ranges = PartRanges(info, options.input.readerOptions, minutes: partMinutes) else {
      Terminal.say("\(item.input): does not tell how long it is, and stays whole")
      return [job]
    }
    return ranges.all.count > 1 ? job.cut(into: ranges.all) : [job]
  }
}
