internal import ArgumentParser
private import Evaluation
private import Files
private import Foundation
internal import Pipeline

extension Benchmark.Boxes: ExpressibleByArgument {}

struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Runs the published protocol for a row of a published table, over the data set.",
    discussion: """
      Takes the pictures and boxes of the data set in its official folders, estimates poses with flip test, scores and \
      suppresses them as published, evaluates, and prints what it measured beside what was published. What is done is kept \
      in the output folder: the same command goes on after an interruption, and with --shard several can share the work, after \
      which one without it joins and evaluates.

      BENCHMARKS
      \(HelpTable.text(Benchmark.all.map { ($0.name, $0.summary, $0.remark) }))

      EXAMPLES
        posetrail reproduce res50_coco_256x192 --data data/coco -o results
        posetrail reproduce my.onnx --on coco --data coco -o results --shard 2/8
      """)

  @Argument(
    help: ArgumentHelp("A name of `posetrail models list`, an .onnx file, or a description.", valueName: "row"),
    completion: .modelsAndFiles)
  var row: String

  @Option(help: ArgumentHelp("The folder of the data set.", valueName: "folder"), completion: .directory)
  var data: String

  @Option(
    name: [.short, .long], help: ArgumentHelp("Folder for the results; made if it is missing.", valueName: "folder"),
    completion: .directory)
  var output: String

  @Option(help: ArgumentHelp("The benchmark (default: that of the row).", valueName: "name"))
  var on: String?

  @Option(help: "Whose boxes to take (default: those of the published figures).")
  var boxes: Benchmark.Boxes?

  @Option(help: ArgumentHelp("Only every m-th picture from the n-th on.", valueName: "n/m"))
  var shard: Shard?

  @Option(help: ArgumentHelp("People of a picture that go through the network together.", valueName: "count"))
  var batch: Int = 8

  @Option(help: ArgumentHelp("Write all figures, with all digits, to this file.", valueName: "file"))
  var json: String?

  @Flag(help: "Throw away what was done with other settings.")
  var force = false

  @Flag(help: "No progress.")
  var quiet = false

  @OptionGroup(title: "Engine") var engine: EngineOptions

  func validate() throws {
    if batch < 1 || batch > 256 { throw ValidationError("--batch must be 1 to 256.") }
    if let on, Benchmark.named(on) == nil {
      throw ValidationError(
        "--on: there is no benchmark \(on), but \(Benchmark.all.map(\.name).joined(separator: ", ")).")
    }
  }

  func run() throws {
    let folder = URL(filePath: output, directoryHint: .isDirectory)
    var request = try ReproductionRequest(model: row, on: on, data: URL(filePath: data), folder: folder)
    (request.shard, request.boxes, request.batch, request.overwrites) = (
      shard ?? .all, boxes, batch, force
    )
    let reproduction = try Reproduction(request, engine: try engine.engine)
    let progress = quiet ? nil : ProgressLine(title: row)
    let interruption = Interruption()
    let listener = interruption.listen()
    defer { _ = consume listener }
    let outcome = try reproduction.run(interruption: interruption) { progress?.show($0) }
    progress?.clear()
    switch outcome {
    case .interrupted(let done, let count):
      Terminal.say("\(row): interrupted; \(done) of \(count) pictures are kept, the same command goes on")
      throw ExitStatus.interrupted
    case .partial(let done, let count):
      Terminal.say("\(row): \(done) of \(count) pictures are done; the command without --shard joins and evaluates")
    case .done(let comparison, let report):
      if let json {
        let text = "{\n\"published\": \(comparison.json),\n\"figures\": \(report.json())}\n"
        try OutputFile.write(Data(text.utf8), to: URL(filePath: json), overwrites: force)
      }
      try Terminal.print([comparison.text, report.text()].filter { !$0.isEmpty }.joined(separator: "\n\n"))
      if comparison.rows.isEmpty { Terminal.say("\(row): nothing was published for this benchmark with these boxes") }
    }
  }
}
