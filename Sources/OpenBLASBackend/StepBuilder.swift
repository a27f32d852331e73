internal import CKernels
internal import Inference

/// Chooses how each node runs: a fast step where there is one for its operation and shapes, else the reference kernel.
struct StepBuilder {
  let storage: Storage
  let store: PackedStore
  let kernels: CKPlaneKernels
  let threads: Int

  /// nil for views, which take no work.
  func step(_ node: Graph.Node) throws -> (any Step)? {
    let types = storage.specialised.types
    let isStatic = (node.inputs.filter { $0 != Graph.Node.absent } + node.outputs).allSatisfy { types[$0] != nil }
    guard isStatic else { return ReferenceStep(node, storage) }
    if node.operation.isView, storage.constant(node.inputs[0]) == nil { return nil }
    // What reads the constants finds them loaded.
    let constants = try node.inputs.map { try storage.constant($0)?.loaded() }
    return try withExtendedLifetime(constants) { try fastStep(node) ?? ReferenceStep(node, storage) }
  }

  private func fastStep(_ node: Graph.Node) throws -> (any Step)? {
    switch node.operation {
    case .convolution(let parameters):
      return try depthwise(node, parameters) ?? winograd(node, parameters) ?? convolution(node, parameters)
    case .transposedConvolution(let parameters):
      return try depthwiseTransposed(node, parameters) ?? transposedConvolution(node, parameters)
    case .maxPool(let pooling): return maxPool(node, pooling)
    case .averagePool(let pooling, let countsPadding): return averagePool(node, pooling, countsPadding: countsPadding)
    case .globalAveragePool: return MeanStep(node, storage, keptAxes: 2)
    case .reduce(.mean, _): return mean(node)
    case .activation(let activation): return MapStep(node, storage, activation: CKActivation(activation))
    case .batchNormalization(let epsilon): return batchNormalization(node, epsilon: epsilon)
    case .parametricRelu: return parametricRelu(node)
    case .roundToGrid(let grid): return GridStep(node, storage, grid)
    case .binary(let function): return BinaryStep(node, storage, function)
    case .concatenate(let axis): return ConcatenateStep(node, storage, axis: axis)
    case .split(let axis): return SplitStep(node, storage, axis: axis)
    case .resize(let parameters): return ResizeStep(node, storage, parameters)
    case .gemm, .matrixMultiply: return MatrixStep(node, storage, threads: threads)
    default: return nil
    }
  }

  func shape(_ value: Graph.ValueID) -> [Int] { storage.shape(value) ?? [] }
}

/// Runs a node with the reference kernel, on copies of its inputs.
struct ReferenceStep: Step {
  private let node: Graph.Node
  private let room: DynamicRoom
  private unowned let storage: Storage

  init(_ node: Graph.Node, _ storage: Storage) {
    self.node = node
    self.storage = storage
    room = DynamicRoom(storage.specialised, for: node)
  }

  func run(_ workspace: Workspace) throws {
    let inputs = try node.inputs.map { $0 == Graph.Node.absent ? nil : try storage.tensor($0)?.loaded() }
    let results = try node.naming {
      try ReferenceKernels.evaluate(
        node.operation, inputs, outputCount: node.outputs.count,
        byteLimit: room.rest { storage.dynamic[$0] })
    }
    for (value, result) in zip(node.outputs, results) { storage.set(value, result) }
  }
}
