#if OneDNN

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
    var kernel: ConvolutionKernel
  }

  private let lock = NSLock()
  private var entries: [Key: [Entry]] = [:]

  func packed(_ source: Source, for kernel: ConvolutionKernel) throws -> AlignedMemory {
    let (key, owner) = source.origin
    let known = lock.withLock {
      entries[key]?.first { $0.source === owner && $0.packed != nil && $0.kernel.sharesWeights(with: kernel) }?
        .packed
    }
    if let known { return known }
    let packed = try kernel.packed(source.weights())
    let entry = Entry(source: owner, packed: packed, kernel: kernel)
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
      return try Tensor(shape: [groups * outputs, inputs, rows.count, columns.count]) { result in
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
