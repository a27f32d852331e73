private import Architectures
private import Files
private import Foundation
package import Inference
private import ModelFiles

/// Finds and reads models by what the user calls them: nothing (the embedded one), an `.onnx` file with its description
/// beside it, a description that names the file, a `.cfg` file of Darknet, or a published model whose checkpoint is in the store.
package struct ModelLoader: Sendable {
  private let store: ModelStore

  package init(store: ModelStore = .standard()) {
    self.store = store
  }

  /// A pose network, top-down or bottom-up.
  package func pose(_ name: String?) throws -> LoadedModel<ModelDescription> {
    let model = try load(name, network: .poseNetwork, description: .poseDescription).forPictures()
    let description = try model.description ?? .inferred(from: model.undescribed)
    if case .detector = description {
      throw ModelError(.unusable, "\(model.name): describes a detector; give it with --detector, not --model")
    }
    return model.loaded(as: description)
  }

  /// - Parameter infer: tells how to use a detector that comes without a description; throws where it can't.
  package func detector(
    _ name: String?, inferring infer: (UndescribedNetwork) throws -> DetectorDescription
  ) throws -> LoadedModel<DetectorDescription> {
    let model = try load(name, network: .detectorNetwork, description: .detectorDescription).forPictures()
    guard let description = model.description else { return model.loaded(as: try infer(model.undescribed)) }
    guard case .detector(let description) = description else {
      throw ModelError(.unusable, "\(model.name): describes a pose network; give it with --model, not --detector")
    }
    return model.loaded(as: description)
  }

  /// The network alone.
  package func graph(_ name: String) throws -> Graph {
    try load(name, network: .poseNetwork, description: .poseDescription).graph
  }

  /// The network alone and the shapes of its inputs for a batch of pictures as large as the description says.
  package func graph(_ name: String, batch: Int) throws -> (graph: Graph, inputShapes: [[Int]]) {
    let model = try load(name, network: .poseNetwork, description: .poseDescription)
    return (model.graph, try model.graph.inputShapes(batch: batch, picture: model.description?.inputSize))
  }

  private struct Model {
    var name: String
    var sha256: String
    var graph: Graph
    var metadata: [String: String] = [:]
    var architecture: Architecture?
    var description: ModelDescription?

    /// With channels first, as pictures come.
    func forPictures() throws -> Model {
      var model = self
      model.graph = try graph.takingChannelsFirst()
      return model
    }

    var undescribed: UndescribedNetwork { UndescribedNetwork(name: name, graph: graph, metadata: metadata) }

    func loaded<Description>(as description: Description) -> LoadedModel<Description> {
      LoadedModel(
        name: name, sha256: sha256, architecture: architecture, description: description,
        isInferred: self.description == nil, graph: graph)
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
    case "cfg": return try darknet(file, name: name)
    default: return try published(name)
    }
  }

  private func onnx(_ file: URL, name: String, description: ModelDescription?) throws -> Model {
    let model = try ONNXModel(contentsOf: file)
    return Model(
      name: name, sha256: try FileDigest.sha256(of: [file] + model.weightFiles),
      graph: try model.graph.optimised(checkingAs: name),
      metadata: model.metadata, description: description)
  }

  private func described(_ file: URL, name: String) throws -> Model {
    let description = try ModelDescription.load(file)
    switch try NetworkSource(describedIn: file) {
    case .onnx(let model): return try onnx(model, name: name, description: description)
    case .checkpoint(let checkpoint, let architecture):
      let graph = try graph(architecture, description, Checkpoint(contentsOf: checkpoint), name: name)
      return Model(
        name: name, sha256: try FileDigest.sha256(of: checkpoint), graph: graph, architecture: architecture,
        description: description)
    case .detectorCheckpoint(let checkpoint):
      guard case .detector(let detector) = description else { break }
      return try self.detector(detector, checkpoint: checkpoint, name: name)
    }
    preconditionFailure("the kind of a description says how its network is built")
  }

  private func detector(_ description: DetectorDescription, checkpoint: URL, name: String) throws -> Model {
    let blueprint = try description.blueprint(name: name)
    let graph =
      checkpoint.pathExtension == "weights"
      ? try blueprint.graph(loading: DarknetWeights(ByteSource(contentsOf: checkpoint)))
      : try blueprint.graph(loading: Checkpoint(contentsOf: checkpoint))
    return Model(
      name: name, sha256: try FileDigest.sha256(of: checkpoint),
      graph: try graph.optimised(checkingAs: checkpoint.relativePath), description: .detector(description))
  }

  /// A configuration of Darknet, with its weights beside it under the same name.
  private func darknet(_ file: URL, name: String) throws -> Model {
    let description = try DetectorDescription(DarknetConfiguration(contentsOf: file))
    return try detector(
      description, checkpoint: file.deletingPathExtension().appendingPathExtension("weights"), name: name)
  }

  /// A name of the zoo, or the path of a published checkpoint under its published file name.
  private func published(_ name: String) throws -> Model {
    if let model = Zoo.published(ofFile: URL(filePath: name).lastPathComponent) {
      return try published(model, checkpoint: URL(filePath: name), name: model.name)
    }
    guard let model = Zoo.published(named: name) else { throw Self.unknown(name) }
    guard store.contains(model) else {
      throw ModelError(
        .unusable,
        "\(name): the checkpoint of this published model is not here yet; get it with `posetrail models get \(name)`")
    }
    return try published(model, checkpoint: store.file(of: model), name: name)
  }

  private func published(_ model: any PublishedModel, checkpoint: URL, name: String) throws -> Model {
    let checked = try CheckedCheckpoint(checkpoint, of: model)
    let graph = try model.blueprint().graph(loading: checked.checkpoint).optimised(checkingAs: checked.checkpoint.name)
    return Model(
      name: name, sha256: checked.sha256, graph: graph, architecture: (model as? ZooModel)?.architecture,
      description: model.use)
  }

  private func graph(
    _ architecture: Architecture, _ description: ModelDescription, _ checkpoint: Checkpoint, name: String
  ) throws -> Graph {
    try architecture.blueprint(for: description, name: name).graph(loading: checkpoint)
      .optimised(checkingAs: checkpoint.name)
  }

  /// What to say of a name that no model has.
  private static func unknown(_ name: String) -> ModelError {
    let file = URL(filePath: name)
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) {
      return ModelError(
        .unusable,
        isFolder.boolValue
          ? "\(name): is a folder; name the .onnx file or the description (.json) in it"
          : "\(name): does not say how it is used; write a description (.json) with \"architecture\" and \"checkpoint\" if it is "
            + "a checkpoint, or give an .onnx file")
    }
    let suggestions = Zoo.suggestions(for: name).prefix(3).joined(separator: ", ")
    return ModelError(
      .unusable,
      "\(name): neither an .onnx file, a description (.json) nor a published model"
        + (suggestions.isEmpty ? "; `posetrail models list` names those" : "; did you mean \(suggestions)?"))
  }

  private func embedded(_ network: EmbeddedFile, _ description: EmbeddedFile) throws -> Model {
    let source = ByteSource([UInt8](network.data), name: "the embedded model")
    return Model(
      name: "embedded", sha256: FileDigest.sha256(of: network.data),
      graph: try ONNXModel(source).graph.optimised(checkingAs: source.name),
      description: try ModelDescription.parse(description.data, name: "the embedded model's description"))
  }
}

extension Graph {
  /// Made ready to run, after its weights were found to be numbers, as they came and as they are after folding.
  fileprivate func optimised(checkingAs name: String) throws -> Graph {
    try requireNumbers(in: name)
    let graph = try optimised()
    try graph.requireNumbers(in: name)
    return graph
  }
}
