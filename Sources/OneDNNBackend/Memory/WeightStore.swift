#if OneDNN

internal import COneDNN
internal import Foundation
internal import Inference

/// Packed weights, shared by everything that a network is compiled to: batch sizes, and threads.
///
/// `@unchecked Sendable`: `entries` is only touched under `lock`.
final class WeightStore: @unchecked Sendable {
  enum Source {
    case tensor(Tensor)
    /// The part of a transposed convolution's weights (I × O/groups × kH × kW) at some rows and columns of the kernel.
    case phase(Tensor, groups: Int, rows: [Int], columns: [Int])
  }

  enum Packing {
    case oneDNN(Primitive)
    case winograd(winograd_kind)
    case tiles

    func isSame(as other: Packing) -> Bool {
      switch (self, other) {
      case (.oneDNN(let a), .oneDNN(let b)): a.sharesWeights(with: b)
      case (.winograd(let a), .winograd(let b)): a == b
      case (.tiles, .tiles): true
      default: false
      }
    }

    /// `weights`: O × I/groups × kH × kW.
    fileprivate func packed(_ weights: Tensor) throws -> AlignedMemory {
      switch self {
      case .oneDNN(let primitive): return try primitive.packed(weights)
      case .winograd(let kind):
        let (outputs, inputs) = (Int64(weights.shape[0]), Int64(weights.shape[1]))
        let memory = try AlignedMemory(byteCount: Int(winograd_weights_count(kind, inputs, outputs)) * 4)
        weights.withFloats {
          winograd_pack(kind, inputs, outputs, $0.baseAddress, memory.address.assumingMemoryBound(to: Float.self))
        }
        return memory
      case .tiles:
        let (outputs, inputs) = (Int64(weights.shape[0]), Int64(weights.shape[1]))
        let taps = Int64(weights.shape[2] * weights.shape[3])
        let memory = try AlignedMemory(byteCount: Int(tile_weights_size(inputs, outputs, taps)))
        weights.withFloats { tile_pack(inputs, outputs, taps, $0.baseAddress, memory.address) }
        return memory
      }
    }
  }

  /// Where the values come from.
  fileprivate struct Key: Hashable {
    var tensor: ObjectIdentifier
    var rows: [Int] = []
    var columns: [Int] = []
  }

  /// Weak, so that weights live as long as a compiled network uses them and the source cannot be mistaken for another
  /// that took its address.
  private struct Entry {
    weak var source: AnyObject?
    weak var packed: AlignedMemory?
    var packing: Packing
  }

  private let lock = NSLock()
  private var entries: [Key: [Entry]] = [:]

  func packed(_ source: Source, for packing: Packing) throws -> AlignedMemory {
    let (key, owner) = source.origin
    let known = lock.withLock {
      entries[key]?.first { $0.source === owner && $0.packed != nil && $0.packing.isSame(as: packing) }?
        .packed
    }
    if let known { return known }
    let packed = try packing.packed(source.weights())
    let entry = Entry(source: owner, packed: packed, packing: packing)
    lock.withLock {
      entries[key, default: []].removeAll { $0.source == nil || $0.packed == nil }
      entries[key, default: []].append(entry)
    }
    return packed
  }
}

extension WeightStore.Source {
  fileprivate var origin: (WeightStore.Key, AnyObject) {
    switch self {
    case .tensor(let tensor):
      return (.init(tensor: ObjectIdentifier(tensor.owner)), tensor.owner)
    case .phase(let tensor, _, let rows, let columns):
      return (.init(tensor: ObjectIdentifier(tensor.owner), rows: rows, columns: columns), tensor.owner)
    }
  }

  /// O × I/groups × kH × kW.
  fileprivate func weights() throws -> Tensor {
    switch self {
    case .tensor(let tensor): return try tensor.loaded()
    case .phase(let deferred, let groups, let rows, let columns):
      let tensor = try deferred.loaded()
      let (inputs, outputs) = (tensor.shape[0] / groups, tensor.shape[1])
      let (height, width) = (tensor.shape[2], tensor.shape[3])
      return Tensor(shape: [groups * outputs, inputs, rows.count, columns.count]) { result in
        tensor.withFloats { weights in
          var index = 0
          for group in 0..<groups {
            for output in 0..<outputs {
              for input in 0..<inputs {
                let kernel = ((group * inputs + input) * outputs + output) * height * width
                for row in rows {
                  for column in columns {
                    result[index] = weights[kernel + row * width + column]
                    index += 1
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

#endif
