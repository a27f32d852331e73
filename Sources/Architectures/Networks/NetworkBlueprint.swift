package import Inference
package import ModelFiles

/// A network without weights: its graph, and which tensor of a checkpoint stands for which constant.
package struct NetworkBlueprint: Sendable {
  struct Parameter {
    var value: Graph.ValueID
    var shape: [Int]
  }

  let graph: Graph
  /// By the name of the tensor in checkpoints of mmpose 1.x.
  let parameters: [String: Parameter]
  let renamings: [CheckpointRenaming]

  /// Every tensor that the network needs, by name.
  package var shapes: [String: [Int]] { parameters.mapValues(\.shape) }

  /// The network with the weights of `checkpoint`, under its own names or those of the renamings.
  ///
  /// - Throws: `ModelFileError`, one `mismatched` that lists all missing, extra and mis-shaped tensors.
  package func graph(loading checkpoint: Checkpoint) throws -> Graph {
    let stored = storedNames(in: checkpoint)
    let tensors = try checkpoint.load(shapes(named: stored), ignoresExtra: Self.isBesideTheNetwork)
    return graph { name, _ in tensors[stored[name] ?? name] }
  }

  /// Checks names and shapes without reading weights. Throws like `graph(loading:)`.
  package func requireMatch(_ checkpoint: Checkpoint) throws {
    try checkpoint.requireMatch(
      shapes(named: storedNames(in: checkpoint)), ignoresExtra: Self.isBesideTheNetwork)
  }

  /// What the checkpoint calls every tensor.
  private func storedNames(in checkpoint: Checkpoint) -> [String: String] {
    let renamings = renamings.filter { $0.applies(to: checkpoint) }
    return Dictionary(
      uniqueKeysWithValues: parameters.keys.map { name in
        (name, renamings.reduce(name) { $1.storedName($0) })
      })
  }

  private func shapes(named stored: [String: String]) -> [String: [Int]] {
    Dictionary(uniqueKeysWithValues: parameters.map { (stored[$0] ?? $0, $1.shape) })
  }

  /// Mean and deviation of the pixels, which some versions of mmpose store too, the means over the training that mmdetection 2.x
  /// keeps beside the weights, which are these means already, and the places of a 3 × 3 kernel, which DEKR stores.
  private static func isBesideTheNetwork(_ name: String) -> Bool {
    name.hasPrefix("data_preprocessor.") || name.hasPrefix("ema_") || name.hasSuffix(".regular_matrix")
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
