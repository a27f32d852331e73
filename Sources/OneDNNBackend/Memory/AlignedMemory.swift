#if OneDNN

internal import Foundation
internal import Inference

/// Memory at a fixed, aligned address, freed with its owner.
///
/// `@unchecked Sendable`: the address never changes; who may write is settled by the owner, which is a shard (one
/// thread at a time) or packed weights (written before they are shared).
final class AlignedMemory: @unchecked Sendable {
  let address: UnsafeMutableRawPointer

  /// Zeroed.
  init(byteCount: Int) throws {
    var address: UnsafeMutableRawPointer?
    guard posix_memalign(&address, 64, max(byteCount, 64)) == 0, let address else {
      throw InferenceError(
        .backend, "there is no memory for \(byteCount >> 20) MB of this network; use a smaller batch")
    }
    memset(address, 0, byteCount)
    self.address = address
  }

  deinit {
    free(address)
  }
}

#endif
