public import Architectures
private import Estimation
private import Foundation
public import Inference
private import ModelFiles
private import Video

/// Finds and reads models by what the user calls them: nothing (the embedded one), an `.onnx` file with its description
/// beside it, or a description that names the file.
public struct ModelLoader: Sendable {
  public init() {}

  public func pose(_ name: String?) throws -> LoadedModel<PoseDescription> {
    let model = try load(name, network: .poseNetwork, description: .poseDescription)
    guard case .pose(let description) = try model.description ?? .inferred(from: model.graph, name: model.name) else {
      throw PipelineError(.unusable, "\(model.name): describes a detector; give it with --detector, not --model")
    }
    return LoadedModel(name: model.name, sha256: model.sha256, graph: model.graph, description: description)
  }

  public func detector(_ name: String?) throws -> LoadedModel<DetectorDescription> {
    let model = try load(name, network: .detectorNetwork, description: .detectorDescription)
    guard let description = model.description else {
      throw PipelineError(
        .unusable,
        "\(model.name): a detector needs a description beside it, \(ModelDescription.url(beside: URL(filePath: model.name)).lastPathComponent)"
      )
    }
    guard case .detector(let description) = description else {
      throw PipelineError(.unusable, "\(model.name): describes a pose network; give it with --model, not --detector")
    }
    return LoadedModel(name: model.name, sha256: model.sha256, graph: model.graph, description: description)
  }

  /// The network alone.
  public func graph(_ name: String) throws -> Graph {
    try load(name, network: .poseNetwork, description: .poseDescription).graph
  }

  private struct Model {
    var name: String
    var sha256: String
    var graph: Graph
    var description: ModelDescription?
  }

  private func load(_ name: String?, network: EmbeddedFile, description: EmbeddedFile) throws -> Model {
    guard let name else { return try embedded(network, description) }
    let file = URL(filePath: name)
    guard file.pathExtension.lowercased() == "onnx" else {
      throw PipelineError(.unusable, "\(name): not an .onnx file")
    }
    let beside = ModelDescription.url(beside: file)
    return Model(
      name: name, sha256: try FileDigest.sha256(of: file), graph: try ONNXModel(contentsOf: file).graph.optimised(),
      description: FileManager.default.fileExists(atPath: beside.path) ? try ModelDescription.load(beside) : nil)
  }

  private func embedded(_ network: EmbeddedFile, _ description: EmbeddedFile) throws -> Model {
    let source = ByteSource([UInt8](network.data), name: "the embedded model")
    return Model(
      name: "embedded", sha256: FileDigest.sha256(of: network.data), graph: try ONNXModel(source).graph.optimised(),
      description: try ModelDescription.parse(description.data, name: "the embedded model's description"))
  }
}
