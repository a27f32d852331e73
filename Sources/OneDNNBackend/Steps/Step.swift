#if OneDNN

internal import Inference

/// One thing to do when a program runs.
protocol Step {
  /// Buffers of the arena that are read or written, and scratch space.
  var buffers: [Int] { get }
  /// Values that are read or written as tensors.
  var tensors: [Graph.ValueID] { get }

  /// The work, with every address resolved. What it returns holds `shard` unowned: shards own it.
  func bound(to shard: Shard) throws -> () throws -> Void
}

extension Step {
  var tensors: [Graph.ValueID] { [] }
}

#endif
