#if OneDNN

internal import COneDNN

/// Where and how an image batch lies in the arena.
struct BlockedImage: Hashable {
  enum Layout: Hashable {
    /// N × blocks of channels × H × W × block.
    case blocked
    /// N × H × W × C, the channels filled up to whole blocks: what processors need that multiply tiles of bfloat16.
    case channelsLast
    /// N × C × H × W.
    case plain
    /// N × H × W × C, for pictures of few channels.
    case pixels
  }

  /// Index into the buffers of the program.
  var buffer: Int
  /// N, C, H, W.
  var shape: [Int]
  var layout: Layout
  var isBF16: Bool

  var pixels: Int { shape[2] * shape[3] }
  /// Of the whole batch, each with `pixels` × `vectors` blocks of channels.
  var planes: Int { layout == .blocked ? shape[0] * Self.blocks(shape[1]) : shape[0] }
  /// Blocks of channels of one pixel that lie side by side.
  var vectors: Int { layout == .blocked ? 1 : Self.blocks(shape[1]) }
  /// Elements, including those that fill up the last block.
  var count: Int {
    switch layout {
    case .blocked, .channelsLast: planes * pixels * vectors * Self.block
    case .plain, .pixels: shape.reduce(1, *)
    }
  }
  var byteCount: Int { count * (isBF16 ? 2 : 4) }
  var planeByteCount: Int { byteCount / planes }

  /// Channels in a block: the processor's vector of floats.
  static let block = Int(blocked_kernels_here().pointee.block)

  static func blocks(_ channels: Int) -> Int { (channels + block - 1) / block }

  /// As many channels as fill whole blocks.
  static func filled(_ channels: Int) -> Int { blocks(channels) * block }

  /// As oneDNN describes it. It knows of the lanes that fill up blocks, but not of those between pixels, which are
  /// channels to it.
  var description: odnn_tensor {
    let (layout, channels) =
      switch layout {
      case .blocked: (Self.block == 16 ? ODNN_BLOCKED16 : ODNN_BLOCKED8, shape[1])
      case .channelsLast: (ODNN_NHWC, Self.filled(shape[1]))
      case .plain: (ODNN_NCHW, shape[1])
      case .pixels: (ODNN_NHWC, shape[1])
      }
    return odnn_tensor(
      dims: (Int64(shape[0]), Int64(channels), Int64(shape[2]), Int64(shape[3])), layout: layout,
      type: isBF16 ? ODNN_BF16 : ODNN_F32)
  }
}

#endif
