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
    let (isBF16, parts) = (result.isBF16, PlainParts(result, threads: shard.threads))
    func run(_ plain: UnsafePointer<Float>) {
      parts { plane, offset, channels in
        pack(plain + offset, to + plane, isBF16, 1, channels, parts.image.pixels, parts.image.vectors)
      }
    }
    switch source {
    case .image(let image):
      let from = UnsafePointer(shard.address(image).assumingMemoryBound(to: Float.self))
      return { run(from) }
    case .tensor(let value):
      return { [unowned shard] in try shard.tensor(value).withFloats { run($0.baseAddress!) } }
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
    let (isBF16, parts) = (source.isBF16, PlainParts(source, threads: shard.threads))
    func run(_ plain: UnsafeMutablePointer<Float>) {
      parts { plane, offset, channels in
        unpack(from + plane, plain + offset, isBF16, 1, channels, parts.image.pixels, parts.image.vectors)
      }
    }
    switch result {
    case .image(let image):
      let to = shard.address(image).assumingMemoryBound(to: Float.self)
      return { run(to) }
    case .tensor(let value):
      return { [unowned shard] in
        shard.tensors[value] = try Tensor(shape: parts.image.shape, fillingFloats: { run($0.baseAddress!) })
      }
    }
  }
}

/// What the planes of an image hold of the same image in the order N×C×H×W, divided among oneDNN's threads.
private struct PlainParts {
  let image: BlockedImage
  private let division: PlaneDivision

  init(_ image: BlockedImage, threads: Int) {
    self.image = image
    division = PlaneDivision(image, threads: threads)
  }

  /// Calls `body` with the bytes before each plane, the floats before its channels, and how many these are.
  func callAsFunction(_ body: (_ plane: Int, _ offset: Int, _ channels: Int) -> Void) {
    let (planes, channels) = (image.planes / image.shape[0], image.vectors * image.block)
    division { range in
      for plane in range {
        let first = plane % planes * channels
        body(
          plane * image.planeByteCount, (plane / planes * image.shape[1] + first) * image.pixels,
          min(channels, image.shape[1] - first))
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
