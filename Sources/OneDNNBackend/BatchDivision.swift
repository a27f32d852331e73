#if OneDNN

internal import Inference

/// How a batch is divided among threads.
struct BatchDivision {
  /// The graph for the items of one thread; nil where the batch is not divided.
  var shard: SpecialisedGraph?
  /// The graph for the items that are left over, or for the whole batch.
  var rest: SpecialisedGraph?

  init(_ whole: SpecialisedGraph, of graph: Graph, threads: Int) {
    let shapes = whole.graph.inputs.map { whole.types[$0.value]!.shape }
    rest = whole
    guard threads > 1, let batch = shapes.first?.first, batch >= threads,
      graph.inputs.allSatisfy({ $0.shape.first == .some(nil) }), shapes.allSatisfy({ $0[0] == batch })
    else { return }
    func part(_ count: Int) -> SpecialisedGraph? {
      let part = try? graph.prepared(inputShapes: shapes.map { [count] + $0.dropFirst() })
      guard let part, Self.isPart(part, items: count, of: whole, batch: batch) else { return nil }
      return part
    }
    guard let shard = part(batch / threads) else { return }
    if batch % threads == 0 {
      (self.shard, rest) = (shard, nil)
    } else if let left = part(batch % threads) {
      (self.shard, rest) = (shard, left)
    }
  }

  /// Whether every value of `part` is what the same value of `whole` is for some of its items.
  private static func isPart(
    _ part: SpecialisedGraph, items: Int, of whole: SpecialisedGraph, batch: Int
  ) -> Bool {
    guard part.graph.nodes.count == whole.graph.nodes.count else { return false }
    return zip(part.graph.nodes, whole.graph.nodes).allSatisfy { node, other in
      guard node.outputs == other.outputs, node.keepsItemsApart(part) else { return false }
      return node.outputs.allSatisfy { value in
        guard let type = part.types[value], let whole = whole.types[value], let first = type.shape.first else {
          return false
        }
        return first == items && whole.shape == [batch] + type.shape.dropFirst()
      }
    }
  }
}

extension Graph.Node {
  /// Whether the operation computes the items along the first dimension independently of each other.
  fileprivate func keepsItemsApart(_ specialised: SpecialisedGraph) -> Bool {
    func isConstant(_ index: Int) -> Bool {
      index >= inputs.count || inputs[index] == Self.absent || specialised.graph.values[inputs[index]].constant != nil
    }
    func areAligned() -> Bool {
      let ranks = inputs.filter { $0 != Self.absent && specialised.graph.values[$0].constant == nil }
        .map { specialised.types[$0]?.rank }
      return Set(ranks).count <= 1
    }
    switch operation {
    case .convolution, .transposedConvolution:
      return isConstant(1) && isConstant(2)
    case .batchNormalization, .instanceNormalization, .parametricRelu:
      return (1..<5).allSatisfy(isConstant)
    case .activation, .unary, .cast, .identity, .maxPool, .averagePool, .globalAveragePool, .globalMaxPool,
      .depthToSpace, .spaceToDepth, .resize, .reduce, .reshape, .flatten, .squeeze, .unsqueeze:
      return (1..<4).allSatisfy(isConstant)
    case .binary, .matrixMultiply, .select: return areAligned()
    case .gemm(_, _, let transposesA, _): return !transposesA && isConstant(1) && isConstant(2)
    case .layerNormalization(let axis, _), .softmax(let axis), .logSoftmax(let axis): return axis > 0
    case .concatenate(let axis), .split(let axis): return axis > 0 && areAligned()
    case .gather(let axis): return axis > 0 && isConstant(1)
    case .transpose(let permutation): return permutation.first == 0
    default: return false
    }
  }
}

#endif
