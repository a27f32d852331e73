#if OneDNN

internal import Inference

/// A program with memory of its own.
final class Runner {
  private let program: Program
  private let shard: Shard
  private let work: [() throws -> Void]

  init(_ program: Program) throws {
    self.program = program
    let shard = try Shard(program)
    self.shard = shard
    work = try program.steps.map { try $0.bound(to: shard) }
  }

  func run(_ inputs: [Tensor]) throws -> [Tensor] {
    defer { shard.tensors = program.constants }
    for (value, tensor) in zip(program.inputs, inputs) { shard.tensors[value] = tensor }
    for (index, step) in work.enumerated() {
      try step()
      for value in program.releases[index] { shard.tensors[value] = nil }
    }
    return try program.outputs.map { try shard.tensor($0) }
  }
}

#endif
