internal import ArgumentParser
private import Files
private import Foundation
private import Inference
private import ModelFiles
private import Models
private import Pipeline

struct NetworkRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs a network on tensors from a file and writes its outputs.",
    discussion: """
      Inputs are matched by name (safetensors), or taken as the only input (.npy). Outputs are written under the names
      that the network gives them; a .npy file holds the only output.

      EXAMPLE
        posetrail network run pose.onnx --input x.npy --output y.safetensors
      """)

  @Argument(help: "An .onnx file, a model description, or a name from `posetrail models list`.")
  var model: String

  @Option(help: ArgumentHelp("The tensors to run on: .safetensors or .npy.", valueName: "file"))
  var input: String

  @Option(name: [.short, .long], help: ArgumentHelp("Where the outputs go: .safetensors or .npy.", valueName: "file"))
  var output: String

  @Flag(help: "Replace the output if it exists.")
  var force = false

  @OptionGroup(title: "Engine") var engine: EngineOptions

  func run() throws {
    let destination = URL(filePath: output)
    try OutputWork.run(OutputClaim([destination], overwrites: force)) { try run(to: destination) }
  }

  private func run(to destination: URL) throws {
    let graph = try ModelLoader().graph(model)
    let given = try TensorFile.read(URL(filePath: input))
    let inputs = try graph.inputs.map { input in
      let name = graph.values[input.value].name
      if let tensor = given[name] { return tensor }
      if given.count == 1, graph.inputs.count == 1, let only = given.values.first { return only }
      throw ModelError(
        .unusable,
        "\(self.input): no tensor is named '\(name)', as the input of \(model) is (there: \(given.keys.sorted().joined(separator: ", ")))"
      )
    }
    let network = Network(graph, backend: try engine.backend.backend, options: engine.compileOptions)
    let results = try network.run(inputs)
    let names = graph.outputs.map { graph.values[$0].name }
    try TensorFile.write(Dictionary(zip(names, results), uniquingKeysWith: { first, _ in first }), to: destination)
  }
}
