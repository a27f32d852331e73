#if OneDNN

internal import CKernels
internal import Inference

/// Finds sums of several images, enlarged to the nearest neighbour on the way, and the activation after them: HRNet's
/// exchange between resolutions. Each group becomes one pass over memory.
struct SumGroups {
  struct Group {
    var terms: [(value: Graph.ValueID, scale: Int)]
    var result: Graph.ValueID
    var activation: CKActivation
  }

  /// By index of the node that comes last in a group.
  private(set) var groups: [Int: Group] = [:]
  /// Nodes that a group computes.
  private(set) var absorbed: Set<Int> = []

  private let graph: Graph
  private let types: [TensorType?]
  private var producer: [Graph.ValueID: Int] = [:]
  private var uses: [Graph.ValueID: Int] = [:]

  init(_ specialised: SpecialisedGraph) {
    graph = specialised.graph
    types = specialised.types
    for (index, node) in graph.nodes.enumerated() {
      for value in node.outputs { producer[value] = index }
      for value in node.inputs { uses[value, default: 0] += 1 }
    }
    for output in graph.outputs { uses[output, default: 0] += 1 }
    // From the back, so that the root of a tree of additions is seen before its branches.
    for index in graph.nodes.indices.reversed() where !absorbed.contains(index) {
      let node = graph.nodes[index]
      if case .activation(let activation) = node.operation, let sum = onlyUser(ofInput: node.inputs[0]), isSum(sum) {
        collect(root: sum, last: index, activation: CKActivation(activation))
      } else if isSum(index) {
        collect(root: index, last: index, activation: CKActivation(nil))
      }
    }
  }

  private mutating func collect(root: Int, last: Int, activation: CKActivation) {
    var members: [Int] = [root, last]
    var terms: [(value: Graph.ValueID, scale: Int)] = []
    var pending = graph.nodes[root].inputs
    while !pending.isEmpty {
      let value = pending.removeFirst()
      if let index = onlyUser(ofInput: value), isSum(index) {
        members.append(index)
        pending.insert(contentsOf: graph.nodes[index].inputs, at: 0)
      } else if let index = onlyUser(ofInput: value), let scale = enlargement(of: index) {
        members.append(index)
        terms.append((graph.nodes[index].inputs[0], scale))
      } else {
        terms.append((value, 1))
      }
    }
    absorbed.formUnion(members)
    groups[last] = Group(terms: terms, result: graph.nodes[last].outputs[0], activation: activation)
  }

  /// The node that computes `value`, if only one other reads it.
  private func onlyUser(ofInput value: Graph.ValueID) -> Int? {
    uses[value] == 1 ? producer[value] : nil
  }

  private func isSum(_ index: Int) -> Bool {
    let node = graph.nodes[index]
    guard case .binary(.add) = node.operation, let type = types[node.outputs[0]], type.isImage else { return false }
    return node.inputs.allSatisfy { types[$0] == type && graph.values[$0].constant == nil }
  }

  private func enlargement(of index: Int) -> Int? {
    Self.enlargement(of: graph.nodes[index], graph, types)
  }

  /// By how much a node enlarges an image to the nearest neighbour, where that is a whole number and every pixel
  /// becomes a square of pixels.
  static func enlargement(of node: Graph.Node, _ graph: Graph, _ types: [TensorType?]) -> Int? {
    guard case .resize(let resize) = node.operation, resize.mode == .nearest, let from = types[node.inputs[0]],
      let to = types[node.outputs[0]], from.isImage, to.isImage, from.shape[..<2] == to.shape[..<2],
      to.shape[2] % from.shape[2] == 0
    else { return nil }
    let scale = to.shape[2] / from.shape[2]
    guard to.shape[3] == from.shape[3] * scale, scale < 1 << 20 else { return nil }
    if node.inputs.count > 2, node.inputs[2] != Graph.Node.absent, let scales = graph.values[node.inputs[2]].constant,
      scales.count == 4
    {
      guard scales.elementType == .float32, scales.floats == [1, 1, Float(scale), Float(scale)] else { return nil }
    }
    switch (resize.coordinates, resize.rounding) {
    case (.asymmetric, .floor), (.halfPixel, .roundPreferFloor), (.pytorchHalfPixel, .roundPreferFloor): return scale
    case (.halfPixel, .roundPreferCeil) where scale % 2 == 0: return scale
    case (.asymmetric, .roundPreferFloor) where scale <= 2: return scale
    default: return nil
    }
  }
}

extension TensorType {
  /// A float batch N×C×H×W that is not empty.
  var isImage: Bool { rank == 4 && elementType == .float32 && shape.allSatisfy { $0 > 0 } }
}

#endif
