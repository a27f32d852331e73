internal import ArgumentParser
private import Foundation
private import Inference
private import Models

struct NetworkBenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measures how long a network takes for one item of a batch.",
    discussion: """
      The network runs on random numbers until the time is up, after a warm-up.

      EXAMPLE
        posetrail network bench pose.onnx --batch 4 --json
      """)

  @Argument(help: "An .onnx file, a model description, or a name from `posetrail models list`.")
  var model: String

  @Option(help: ArgumentHelp("Items that go through the network together.", valueName: "count"))
  var batch: Int = 1

  @Option(help: ArgumentHelp("How long to measure.", valueName: "seconds"))
  var seconds: Double = 3

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup(title: "Engine") var engine: EngineOptions

  func validate() throws {
    if batch < 1 || batch > 4096 { throw ValidationError("--batch must be 1 to 4096.") }
    if !(seconds > 0 && seconds <= 3600) { throw ValidationError("--seconds must lie between 0 and 3600.") }
  }

  func run() throws {
    let (graph, shapes) = try ModelLoader().graph(model, batch: batch)
    let result = try NetworkBenchmark(
      graph: graph, inputShapes: shapes, backend: try engine.backend.backend, options: engine.compileOptions
    ).run(for: .seconds(seconds))
    try json ? printJSON(result) : printTable(result)
  }

  private func printJSON(_ result: NetworkBenchmark.Result) throws {
    try Terminal.print(
      data:
        """
        {"milliseconds_per_item": {"median": \(decimal(result.median)), "minimum": \(decimal(result.minimum))}, \
        "gflops_per_second": \(decimal(result.gigaflopsPerSecond)), "batch": \(batch), \
        "threads": \(engine.compileOptions.threads), "backend": "\(engine.backend.rawValue)", \
        "precision": "\(engine.precision.rawValue)", "runs": \(result.runs), "compile_seconds": \(decimal(result.compile))}
        """)
  }

  private func printTable(_ result: NetworkBenchmark.Result) throws {
    try Terminal.print(
      """
      \(model), batch \(batch), \(engine.compileOptions.threads) threads, \(engine.backend.rawValue) \
      \(engine.precision.rawValue)
        per item   \(decimal(result.median)) ms median, \(decimal(result.minimum)) ms minimum (\(result.runs) runs)
        speed      \(decimal(result.gigaflopsPerSecond)) GFLOP/s
        compiled   in \(decimal(result.compile)) s
      """)
  }

  private func decimal(_ value: Double) -> String {
    String(format: "%.3f", value)
  }
}
