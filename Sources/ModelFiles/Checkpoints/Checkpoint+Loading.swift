package import Inference

extension Checkpoint {
  /// Exactly the tensors that a network needs; large ones are read when their elements are needed.
  ///
  /// - Parameters:
  ///   - shapes: every tensor that is needed, by name.
  ///   - ignoresExtra: whether a tensor that the network does not need is no mistake. The counters that PyTorch keeps
  ///     beside batch normalisations (`num_batches_tracked`) never are.
  /// - Throws: one `mismatched` error that lists all missing, extra and mis-shaped tensors.
  package func load(
    _ shapes: [String: [Int]], ignoresExtra: (String) -> Bool = { _ in false }
  ) throws -> [String: Tensor] {
    try requireMatch(shapes, ignoresExtra: ignoresExtra)
    return try tensors.filter { shapes[$0.key] != nil }.mapValues { try $0.deferred() }
  }

  /// The check of `load` alone.
  package func requireMatch(_ shapes: [String: [Int]], ignoresExtra: (String) -> Bool = { _ in false }) throws {
    let missing = shapes.keys.filter { tensors[$0] == nil }
    let extra = tensors.keys.filter {
      shapes[$0] == nil && !$0.hasSuffix("num_batches_tracked") && !ignoresExtra($0)
    }
    let misshaped = shapes.compactMap { name, shape in
      tensors[name].flatMap { $0.shape == shape ? nil : "\(name) is \($0.shape) instead of \(shape)" }
    }
    let parts = [
      Self.listing("missing", missing), Self.listing("not part of the network", extra),
      Self.listing("of another shape", misshaped),
    ].compactMap { $0 }
    guard parts.isEmpty else {
      throw ModelFileError(
        .mismatched,
        "\(name): the checkpoint belongs to another network: \(parts.joined(separator: "; ")). "
          + "Name the architecture that it was made for")
    }
  }

  private static func listing(_ what: String, _ items: [String]) -> String? {
    let shown = items.sorted().prefix(20).joined(separator: ", ")
    guard !items.isEmpty else { return nil }
    return items.count > 20 ? "\(items.count) \(what) (\(shown), …)" : "\(items.count) \(what) (\(shown))"
  }
}
