internal import CKernels
internal import Inference

final class OpenBLASNetwork: CompiledNetwork {
  private let storage: Storage
  private let workspace: Workspace
  private let steps: [any Step]

  init(
    _ specialised: SpecialisedGraph, options: CompileOptions, kernels: CKPlaneKernels, store: PackedStore
  ) throws {
    storage = try Storage(specialised)
    workspace = try Workspace(threads: options.threads, kernels: kernels)
    let builder = StepBuilder(
      storage: storage, store: store, kernels: kernels, threads: workspace.pool.count)
    steps = try specialised.graph.nodes.compactMap(builder.step)
    try workspace.reserve(steps.map(\.scratch))
  }

  func run(_ inputs: [Tensor]) throws -> [Tensor] {
    try storage.specialised.check(inputs)
    let graph = storage.specialised.graph
    for (input, tensor) in zip(graph.inputs, inputs) { storage.set(input.value, tensor) }
    for step in steps { try step.run(workspace) }
    return try graph.outputs.compactMap { try storage.tensor($0) }
  }
}
