#if OneDNN

internal import COneDNN

/// Where and how an image batch lies in the arena.
struct BlockedImage: Hashable {
  enum Layout: Hashable { case blocked, plain }

  /// Index into the buffers of the program.
  var buffer: Int
  /// N, C, H, W.
  var shape: [Int]
  var layout: Layout = .blocked
  var isBF16: Bool

  var pixels: Int { shape[2] * shape[3] }
  /// Blocks of channels in the whole batch.
  var planes: Int { shape[0] * Self.blocks(shape[1]) }
  /// Elements, including those that fill up the last block.
  var count: Int { layout == .blocked ? planes * pixels * Self.block : shape.reduce(1, *) }
  var byteCount: Int { count * (isBF16 ? 2 : 4) }

  /// Channels in a block: the processor's vector of floats.
  static let block = Int(blocked_kernels_here().pointee.block)

  static func blocks(_ channels: Int) -> Int { (channels + block - 1) / block }

  /// As oneDNN describes it.
  var description: odnn_tensor {
    let blocked = Self.block == 16 ? ODNN_BLOCKED16 : ODNN_BLOCKED8
    return odnn_tensor(
      dims: (Int64(shape[0]), Int64(shape[1]), Int64(shape[2]), Int64(shape[3])),
      layout: layout == .blocked ? blocked : ODNN_NCHW, type: isBF16 ? ODNN_BF16 : ODNN_F32)
  }
}

#endif
