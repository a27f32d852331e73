#if OneDNN

internal import Inference

/// Finds values that concatenations of channels join, so that each is computed where it lies in the result: nothing is left to
/// copy then. Of a batch, the parts of one item do not follow those of another, so there is one item only.
struct JoinedImages {
  struct Place {
    /// The concatenation's result.
    var whole: Graph.ValueID
    /// The first block of channels that the value is there.
    var block: Int
  }

  private(set) var places: [Graph.ValueID: Place] = [:]

  /// - Parameter block: channels in a block.
  init(_ graph: Graph, _ types: [TensorType?], block: Int) {
    for node in graph.nodes where node.operation == .concatenate(axis: 1) {
      guard Self.canJoin(node, types, block: block), types[node.outputs[0]]?.shape[0] == 1 else { continue }
      var first = 0
      for value in node.inputs {
        if places[value] == nil { places[value] = Place(whole: node.outputs[0], block: first) }
        first += Self.blocks(of: value, types, block)
      }
    }
  }

  /// Whether blocks of the operands follow each other in the result.
  static func canJoin(_ node: Graph.Node, _ types: [TensorType?], block: Int) -> Bool {
    guard node.inputs.allSatisfy({ types[$0]?.isImage ?? false }) else { return false }
    return node.inputs.dropLast().allSatisfy { types[$0]!.shape[1] % block == 0 }
      || types[node.outputs[0]]!.shape[1] == node.inputs.reduce(0) { $0 + blocks(of: $1, types, block) } * block
  }

  /// How many blocks the channels of an image take up.
  static func blocks(of value: Graph.ValueID, _ types: [TensorType?], _ block: Int) -> Int {
    (types[value]!.shape[1] + block - 1) / block
  }
}

#endif
