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
  /// Bytes of the buffer before the image.
  var offset = 0
  /// N, C, H, W.
  var shape: [Int]
  var layout: Layout
  var isBF16: Bool
  /// Channels in a block: the vector of the kernels.
  let block: Int

  var pixels: Int { shape[2] * shape[3] }
  /// Of the whole batch, each with `pixels` × `vectors` blocks of channels.
  var planes: Int { layout == .blocked ? shape[0] * blocks : shape[0] }
  /// Blocks of channels of one pixel that lie side by side.
  var vectors: Int { layout == .blocked ? 1 : blocks }
  /// Elements, including those that fill up the last block.
  var count: Int {
    switch layout {
    case .blocked, .channelsLast: planes * pixels * vectors * block
    case .plain, .pixels: shape.reduce(1, *)
    }
  }
  var byteCount: Int { count * (isBF16 ? 2 : 4) }
  var planeByteCount: Int { byteCount / planes }
  /// Of one plane.
  var rowByteCount: Int { planeByteCount / shape[2] }

  /// That the channels take.
  var blocks: Int { (shape[1] + block - 1) / block }

  /// As oneDNN describes it. It knows of the lanes that fill up blocks, but not of those between pixels, which are
  /// channels to it.
  var description: odnn_tensor {
    let (layout, channels) =
      switch layout {
      case .blocked: (block == 16 ? ODNN_BLOCKED16 : ODNN_BLOCKED8, shape[1])
      case .channelsLast: (ODNN_NHWC, blocks * block)
      case .plain: (ODNN_NCHW, shape[1])
      case .pixels: (ODNN_NHWC, shape[1])
      }
    return odnn_tensor(
      dims: (Int64(shape[0]), Int64(channels), Int64(shape[2]), Int64(shape[3])), layout: layout,
      type: isBF16 ? ODNN_BF16 : ODNN_F32)
  }
}

#endif
