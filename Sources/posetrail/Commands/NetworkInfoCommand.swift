internal import ArgumentParser
private import Foundation
private import Inference
private import Models

struct NetworkInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Shows the inputs, outputs, layers, parameters and cost of a network.",
    discussion: """
      EXAMPLE
        posetrail network info pose.onnx --batch 4 --json
      """)

  @Argument(help: "An .onnx file, a model description, or a name from `posetrail models list`.")
  var model: String

  @Option(help: ArgumentHelp("Items that go through the network together.", valueName: "count"))
  var batch: Int = 1

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let (graph, shapes) = try ModelLoader().graph(model, batch: batch)
    let statistics = try GraphStatistics(graph, inputShapes: shapes)
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      try Terminal.print(data: String(decoding: try encoder.encode(statistics), as: UTF8.self))
    } else {
      try Terminal.print(statistics.description)
    }
  }
}
