#if OneDNN

internal import COneDNN
internal import Inference

/// The sum of images, smaller ones enlarged to the nearest neighbour, then an activation. One term makes it an
/// enlargement or an activation alone.
struct SumStep: Step {
  struct Term {
    var image: BlockedImage
    var scale: Int
  }

  var terms: [Term]
  var result: BlockedImage
  var activation = blocked_activation()

  var buffers: [Int] { terms.map(\.image.buffer) + [result.buffer] }

  func bound(to shard: Shard) throws -> () throws -> Void {
    let sum = blocked_kernels_here().pointee.sum!
    let terms = terms.map { blocked_term(data: shard.address($0.image.buffer), scale: Int64($0.scale)) }
    let (to, result, activation) = (shard.address(result.buffer), result, activation)
    return {
      terms.withUnsafeBufferPointer {
        sum(
          $0.baseAddress, Int64($0.count), to, result.isBF16, Int64(result.planes), Int64(result.shape[2]),
          Int64(result.shape[3]), activation)
      }
    }
  }
}

/// Combines two images, or an image with one number a channel.
struct CombineStep: Step {
  var a: BlockedImage
  var b: BlockedImage
  var result: BlockedImage
  var combination: blocked_combination

  var buffers: [Int] { [a.buffer, b.buffer, result.buffer] }

  func bound(to shard: Shard) throws -> () throws -> Void {
    let combine = blocked_kernels_here().pointee.combine!
    let (left, right, to) = (shard.address(a.buffer), shard.address(b.buffer), shard.address(result.buffer))
    let (isPixel, result, combination) = (b.pixels == 1 && a.pixels != 1, result, combination)
    return {
      combine(
        left, right, isPixel, to, result.isBF16, Int64(result.planes), Int64(result.pixels), combination,
        blocked_activation())
    }
  }
}

struct PoolStep: Step {
  var source: BlockedImage
  var result: BlockedImage
  var pooling: blocked_pooling

  var buffers: [Int] { [source.buffer, result.buffer] }

  func bound(to shard: Shard) throws -> () throws -> Void {
    let pool = blocked_kernels_here().pointee.pool!
    let (from, to) = (shard.address(source.buffer), shard.address(result.buffer))
    let (pooling, isBF16, planes) = (pooling, source.isBF16, Int64(source.planes))
    return { withUnsafePointer(to: pooling) { pool(from, to, isBF16, planes, $0) } }
  }
}

/// The mean of every channel.
struct AverageStep: Step {
  var source: BlockedImage
  var result: BlockedImage

  var buffers: [Int] { [source.buffer, result.buffer] }

  func bound(to shard: Shard) throws -> () throws -> Void {
    let average = blocked_kernels_here().pointee.average!
    let (from, to) = (shard.address(source.buffer), shard.address(result.buffer))
    let (isBF16, planes, pixels) = (source.isBF16, Int64(source.planes), Int64(source.pixels))
    return { average(from, to, isBF16, planes, pixels) }
  }
}

/// Four images of half the size make one: the phases of a transposed convolution of stride 2.
struct InterleaveStep: Step {
  /// Even rows and columns; even rows, odd columns; odd rows, even columns; odd rows and columns.
  var phases: [BlockedImage]
  var result: BlockedImage

  var buffers: [Int] { phases.map(\.buffer) + [result.buffer] }

  func bound(to shard: Shard) throws -> () throws -> Void {
    let interleave = blocked_kernels_here().pointee.interleave!
    let sources = phases.map { UnsafeRawPointer(shard.address($0.buffer)) as UnsafeRawPointer? }
    let to = shard.address(result.buffer)
    let (isBF16, planes, rows, columns) = (
      result.isBF16, Int64(result.planes), Int64(phases[0].shape[2]), Int64(phases[0].shape[3])
    )
    return { sources.withUnsafeBufferPointer { interleave($0.baseAddress, to, isBF16, planes, rows, columns) } }
  }
}

/// Copies whole blocks of channels, image by image: the parts of a concatenation or a split.
struct CopyStep: Step {
  var source: BlockedImage
  var result: BlockedImage
  /// First block in the source and in the result, and how many.
  var from = 0
  var to = 0
  var blocks: Int

  var buffers: [Int] { [source.buffer, result.buffer] }

  func bound(to shard: Shard) throws -> () throws -> Void {
    let size = source.byteCount / source.planes
    let images = source.shape[0]
    let (strideFrom, strideTo) = (source.byteCount / images, result.byteCount / images)
    let (first, second) = (shard.address(source.buffer) + from * size, shard.address(result.buffer) + to * size)
    let byteCount = blocks * size
    return {
      for image in 0..<images {
        (second + image * strideTo).copyMemory(from: first + image * strideFrom, byteCount: byteCount)
      }
    }
  }
}

#endif
