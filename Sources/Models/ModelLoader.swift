private import Architectures
private import Files
private import Foundation
public import Inference
private import ModelFiles

/// Finds and reads models by what the user calls them: nothing (the embedded one), an `.onnx` file with its description
/// beside it, a description that names the file, or a published model whose checkpoint is in the store.
public struct ModelLoader: Sendable {
  private let store: ModelStore

  public init(store: ModelStore = .standard()) {
    self.store = store
  }

  public func pose(_ name: String?) throws -> LoadedModel<PoseDescription> {
    let model = try load(name, network: .poseNetwork, description: .poseDescription)
    guard case .pose(let description) = try model.description ?? .inferred(from: model.graph, name: model.name) else {
      throw ModelError(.unusable, "\(model.name): describes a detector; give it with --detector, not --model")
    }
    return model.loaded(as: description)
  }

  public func detector(_ name: String?) throws -> LoadedModel<DetectorDescription> {
    let model = try load(name, network: .detectorNetwork, description: .detectorDescription)
    guard let description = model.description else {
      throw ModelError(
        .unusable,
        "\(model.name): a detector needs a description beside it, \(ModelDescription.url(beside: URL(filePath: model.name)).lastPathComponent)"
      )
    }
    guard case .detector(let description) = description else {
      throw ModelError(.unusable, "\(model.name): describes a pose network; give it with --model, not --detector")
    }
    return model.loaded(as: description)
  }

  /// The network alone.
  public func graph(_ name: String) throws -> Graph {
    try load(name, network: .poseNetwork, description: .poseDescription).graph
  }

  /// The network alone and the shapes of its inputs for a batch of pictures as large as the description says.
  public func graph(_ name: String, batch: Int) throws -> (graph: Graph, inputShapes: [[Int]]) {
    let model = try load(name, network: .poseNetwork, description: .poseDescription)
    return (model.graph, try model.graph.inputShapes(batch: batch, picture: model.description?.inputSize))
  }

  private struct Model {
    var name: String
    var sha256: String
    var graph: Graph
    var architecture: Architecture?
    var description: ModelDescription?

    func loaded<Description>(as description: Description) -> LoadedModel<Description> {
      LoadedModel(name: name, sha256: sha256, architecture: architecture, description: description, graph: graph)
    }
  }

  private func load(_ name: String?, network: EmbeddedFile, description: EmbeddedFile) throws -> Model {
    guard let name else { return try embedded(network, description) }
    let file = URL(filePath: name)
    switch file.pathExtension.lowercased() {
    case "onnx":
      let beside = ModelDescription.url(beside: file)
      let description =
        FileManager.default.fileExists(atPath: beside.path) ? try ModelDescription.load(beside) : nil
      return try onnx(file, name: name, description: description)
    case "json": return try described(file, name: name)
    default: return try published(name)
    }
  }

  private func onnx(_ file: URL, name: String, description: ModelDescription?) throws -> Model {
    let graph = try ONNXModel(contentsOf: file).graph.optimised()
    return Model(name: name, sha256: try FileDigest.sha256(of: file), graph: graph, description: description)
  }

  private func described(_ file: URL, name: String) throws -> Model {
    let description = try ModelDescription.load(file)
    switch try NetworkSource(describedIn: file) {
    case .onnx(let model): return try onnx(model, name: name, description: description)
    case .checkpoint(let checkpoint, let architecture):
      guard case .pose(let pose) = description else {
        throw ModelError(.unusable, "\(name): detectors are read from .onnx files, not from checkpoints")
      }
      return try network(
        architecture, pose, checkpoint: checkpoint, sha256: FileDigest.sha256(of: checkpoint), name: name)
    }
  }

  /// A name of the zoo, or the path of a published checkpoint under its published file name.
  private func published(_ name: String) throws -> Model {
    if let model = Zoo.model(ofFile: URL(filePath: name).lastPathComponent) {
      return try network(of: model, checkpoint: URL(filePath: name), name: model.name)
    }
    guard let model = Zoo.model(named: name) else {
      throw ModelError(.unusable, Self.unknown(name))
    }
    guard store.contains(model) else {
      throw ModelError(
        .unusable,
        "\(name): the checkpoint of this published model is not here yet; get it with `posetrail models get \(name)`")
    }
    return try network(of: model, checkpoint: store.file(of: model), name: name)
  }

  private func network(of model: ZooModel, checkpoint: URL, name: String) throws -> Model {
    let digest = try ModelStore.check(checkpoint, is: model)
    return try network(model.architecture, model.description, checkpoint: checkpoint, sha256: digest, name: name)
  }

  private func network(
    _ architecture: Architecture, _ description: PoseDescription, checkpoint: URL, sha256: String, name: String
  ) throws -> Model {
    let blueprint = try architecture.blueprint(for: description, name: name)
    let graph = try blueprint.graph(loading: Checkpoint(contentsOf: checkpoint)).optimised()
    return Model(
      name: name, sha256: sha256, graph: graph, architecture: architecture, description: .pose(description))
  }

  /// What to say of a name that no model has.
  static func unknown(_ name: String) -> String {
    let suggestions = Zoo.suggestions(for: name).prefix(3).joined(separator: ", ")
    return "\(name): neither an .onnx file, a description (.json) nor a published model"
      + (suggestions.isEmpty ? "; `posetrail models list` names those" : "; did you mean \(suggestions)?")
  }

  private func embedded(_ network: EmbeddedFile, _ description: EmbeddedFile) throws -> Model {
    let source = ByteSource([UInt8](network.data), name: "the embedded model")
    return Model(
      name: "embedded", sha256: FileDigest.sha256(of: network.data), graph: try ONNXModel(source).graph.optimised(),
      description: try ModelDescription.parse(description.data, name: "the embedded model's description"))
  }
}
