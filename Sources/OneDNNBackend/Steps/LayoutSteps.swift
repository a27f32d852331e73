#if OneDNN

internal import CKernels
internal import Inference

/// Brings a tensor or a plain image of the arena into blocks.
struct PackStep: Step {
  enum Source {
    case tensor(Graph.ValueID)
    case image(BlockedImage)
  }

  var source: Source
  var result: BlockedImage

  var buffers: [Int] {
    if case .image(let image) = source { [image.buffer, result.buffer] } else { [result.buffer] }
  }

  var tensors: [Graph.ValueID] {
    if case .tensor(let value) = source { [value] } else { [] }
  }

  func bound(to shard: Shard) throws -> () throws -> Void {
    let pack = shard.kernels.pack!
    let to = shard.address(result)
    let (images, channels, pixels) = (result.shape[0], result.shape[1], result.pixels)
    let (isBF16, vectors) = (result.isBF16, result.vectors)
    switch source {
    case .image(let image):
      let from = shard.address(image).assumingMemoryBound(to: Float.self)
      return { pack(from, to, isBF16, images, channels, pixels, vectors) }
    case .tensor(let value):
      return { [unowned shard] in
        try shard.tensor(value).withFloats { pack($0.baseAddress, to, isBF16, images, channels, pixels, vectors) }
      }
    }
  }
}

/// Brings a blocked image into the order N×C×H×W, as a tensor or in the arena.
struct UnpackStep: Step {
  enum Result {
    case tensor(Graph.ValueID)
    case image(BlockedImage)
  }

  var source: BlockedImage
  var result: Result

  var buffers: [Int] {
    if case .image(let image) = result { [source.buffer, image.buffer] } else { [source.buffer] }
  }

  var tensors: [Graph.ValueID] {
    if case .tensor(let value) = result { [value] } else { [] }
  }

  func bound(to shard: Shard) throws -> () throws -> Void {
    let unpack = shard.kernels.unpack!
    let from = shard.address(source)
    let (images, channels, pixels) = (source.shape[0], source.shape[1], source.pixels)
    let (shape, isBF16, vectors) = (source.shape, source.isBF16, source.vectors)
    switch result {
    case .image(let image):
      let to = shard.address(image).assumingMemoryBound(to: Float.self)
      return { unpack(from, to, isBF16, images, channels, pixels, vectors) }
    case .tensor(let value):
      return { [unowned shard] in
        shard.tensors[value] = try Tensor(
          shape: shape,
          fillingFloats: { unpack(from, $0.baseAddress, isBF16, images, channels, pixels, vectors) })
      }
    }
  }
}

/// Turns a picture of few channels into pixels of bfloat16.
struct PackPixelsStep: Step {
  var source: Graph.ValueID
  var result: BlockedImage

  var buffers: [Int] { [result.buffer] }
  var tensors: [Graph.ValueID] { [source] }

  func bound(to shard: Shard) throws -> () throws -> Void {
    let pack = shard.kernels.pack_pixels!
    let to = shard.address(result).assumingMemoryBound(to: UInt16.self)
    let (source, images, channels) = (source, result.shape[0], result.shape[1])
    let pixels = result.pixels
    return { [unowned shard] in
      try shard.tensor(source).withFloats { pack($0.baseAddress, to, images, channels, pixels) }
    }
  }
}

#endif
