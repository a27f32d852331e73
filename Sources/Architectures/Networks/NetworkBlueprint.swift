public import Inference
public import ModelFiles

/// A network without weights: its graph, and which tensor of a checkpoint stands for which constant.
public struct NetworkBlueprint: Sendable {
  struct Parameter {
    var value: Graph.ValueID
    var shape: [Int]
  }

  let graph: Graph
  /// By the name of the tensor in checkpoints of mmpose 1.x.
  let parameters: [String: Parameter]

  /// Every tensor that the network needs, by name.
  public var shapes: [String: [Int]] { parameters.mapValues(\.shape) }

  /// The network with the weights of `checkpoint`, which may come from mmpose 1.x (`head.`) or 0.x (`keypoint_head.`).
  ///
  /// - Throws: `ModelFileError`, one `mismatched` that lists all missing, extra and mis-shaped tensors.
  public func graph(loading checkpoint: Checkpoint) throws -> Graph {
    let naming = HeadNaming(of: checkpoint)
    let tensors = try checkpoint.load(
      Dictionary(uniqueKeysWithValues: parameters.map { (naming.stored($0), $1.shape) }),
      ignoresExtra: HeadNaming.isOfPreprocessing)
    return graph { name, _ in tensors[naming.stored(name)] }
  }

  /// Checks names and shapes without reading weights. Throws like `graph(loading:)`.
  public func requireMatch(_ checkpoint: Checkpoint) throws {
    let naming = HeadNaming(of: checkpoint)
    try checkpoint.requireMatch(
      Dictionary(uniqueKeysWithValues: parameters.map { (naming.stored($0), $1.shape) }),
      ignoresExtra: HeadNaming.isOfPreprocessing)
  }

  /// The network with weights made by `tensor`, which is given name and shape.
  func graph(_ tensor: (String, [Int]) throws -> Tensor?) rethrows -> Graph {
    var graph = graph
    for (name, parameter) in parameters {
      graph.values[parameter.value].constant = try tensor(name, parameter.shape)
    }
    return graph
  }
}

/// What a checkpoint calls the head.
private struct HeadNaming {
  private let isOfVersion0: Bool

  init(of checkpoint: Checkpoint) {
    isOfVersion0 = checkpoint.tensors.keys.contains { $0.hasPrefix("keypoint_head.") }
  }

  func stored(_ name: String) -> String {
    isOfVersion0 && name.hasPrefix("head.") ? "keypoint_" + name : name
  }

  /// Mean and deviation of the pixels, which some versions of mmpose store too.
  static func isOfPreprocessing(_ name: String) -> Bool {
    name.hasPrefix("data_preprocessor.")
  }
}
