internal import Inference

extension Graph {
  /// The same network for any number of pictures at once, where it was exported for one but keeps pictures apart
  /// throughout: every value it computes has the batch as its first dimension. nil where that is not so.
  func withFreeBatch() -> Graph? {
    var free = self
    free.inputs[0].shape[0] = nil
    // A number that no other dimension is likely to be by chance.
    let batch = 5
    let shape = [batch] + inputs[0].shape.dropFirst().map { $0 ?? 64 }
    guard let specialised = try? free.specialised(inputShapes: [shape]) else { return nil }
    let keepsApart = specialised.graph.nodes.allSatisfy { node in
      node.outputs.allSatisfy { specialised.types[$0]?.shape.first == batch }
    }
    return keepsApart ? free : nil
  }
}
