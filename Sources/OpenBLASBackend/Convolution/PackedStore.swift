internal import Inference
private import Synchronization

/// Packed weights, shared by everything that a network is compiled to: they are the same for all input shapes.
final class PackedStore: Sendable {
  /// What part of the weights is packed, and how.
  enum Form: Hashable, Sendable {
    case group(Int)
    case phase(Int)
    case winograd(WinogradForm)
    case winogradPhase(Int, WinogradForm)
  }

  private struct Key: Hashable, Sendable {
    var weights: ObjectIdentifier
    var bias: ObjectIdentifier?
    var form: Form
  }

  /// Weak, so that packed weights live as long as a compiled network uses them and the sources cannot be mistaken for
  /// others that took their addresses.
  private struct Entry: Sendable {
    weak var weights: (any AnyObject & Sendable)?
    weak var bias: (any AnyObject & Sendable)?
    weak var packed: PackedWeights?
  }

  private let entries = Mutex<[Key: Entry]>([:])

  func packed(
    _ weights: Tensor, _ bias: Tensor?, _ form: Form, _ pack: () throws -> PackedWeights
  ) rethrows -> PackedWeights {
    let (owner, biasOwner) = (weights.owner, bias?.owner)
    let key = Key(weights: ObjectIdentifier(owner), bias: biasOwner.map { ObjectIdentifier($0) }, form: form)
    let known = entries.withLock { entries -> PackedWeights? in
      guard let entry = entries[key], entry.weights === owner, entry.bias === biasOwner else { return nil }
      return entry.packed
    }
    if let known { return known }
    let packed = try pack()
    let entry = Entry(weights: owner, bias: biasOwner, packed: packed)
    entries.withLock { $0[key] = entry }
    return packed
  }
}
