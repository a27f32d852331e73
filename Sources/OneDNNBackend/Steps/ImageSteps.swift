#if OneDNN

internal import CKernels
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
  var activation = CKActivation(nil)

  var buffers: [Int] { terms.map(\.image.buffer) + [result.buffer] }

  func bound(to shard: Shard) throws -> () throws -> Void {
    let sum = shard.kernels.sum!
    let terms = terms.map {
      (address: shard.address($0.image.buffer), stride: $0.image.planeByteCount, scale: $0.scale)
    }
    let (to, result, activation) = (shard.address(result.buffer), result, activation)
    let division = PlaneDivision(result, threads: shard.threads)
    return {
      division { planes in
        let parts = terms.map { CKTerm(data: $0.address + planes.lowerBound * $0.stride, scale: $0.scale) }
        parts.withUnsafeBufferPointer {
          sum(
            $0.baseAddress, $0.count, to + planes.lowerBound * result.planeByteCount, result.isBF16,
            planes.count, result.shape[2], result.shape[3], result.vectors, activation)
        }
      }
    }
  }
}

/// Combines two images, or an image with one number a channel.
struct CombineStep: Step {
  var a: BlockedImage
  var b: BlockedImage
  var result: BlockedImage
  var function: CKBinary

  var buffers: [Int] { [a.buffer, b.buffer, result.buffer] }

  func bound(to shard: Shard) throws -> () throws -> Void {
    let combine = shard.kernels.combine!
    let (left, right, to) = (shard.address(a.buffer), shard.address(b.buffer), shard.address(result.buffer))
    let (isPixel, result, function) = (b.pixels == 1 && a.pixels != 1, result, function)
    let (stride, rightStride) = (result.planeByteCount, b.planeByteCount)
    let division = PlaneDivision(result, threads: shard.threads)
    return {
      division { planes in
        let first = planes.lowerBound
        combine(
          function, left + first * stride, right + first * rightStride, isPixel, to + first * stride, result.isBF16,
          planes.count, result.pixels, result.vectors)
      }
    }
  }
}

/// Rounds an image of float32 to the numbers that a quantised network knows.
struct RoundingStep: Step {
  var source: BlockedImage
  var result: BlockedImage
  var grid: QuantizationGrid

  var buffers: [Int] { [source.buffer, result.buffer] }

  func bound(to shard: Shard) throws -> () throws -> Void {
    let from = shard.address(source.buffer).assumingMemoryBound(to: Float.self)
    let to = shard.address(result.buffer).assumingMemoryBound(to: Float.self)
    let (grid, plane) = (grid, result.count / result.planes)
    let division = PlaneDivision(result, threads: shard.threads)
    return {
      division { planes in
        let start = planes.lowerBound * plane
        grid.round(from + start, to: to + start, count: planes.count * plane)
      }
    }
  }
}

struct PoolStep: Step {
  var source: BlockedImage
  var result: BlockedImage
  var pooling: CKPooling

  var buffers: [Int] { [source.buffer, result.buffer] }

  func bound(to shard: Shard) throws -> () throws -> Void {
    let pool = shard.kernels.pool!
    let (from, to) = (shard.address(source.buffer), shard.address(result.buffer))
    let (pooling, source, result) = (pooling, source, result)
    let division = PlaneDivision(source, threads: shard.threads)
    return {
      division { planes in
        withUnsafePointer(to: pooling) {
          pool(
            from + planes.lowerBound * source.planeByteCount, to + planes.lowerBound * result.planeByteCount,
            source.isBF16, planes.count, source.vectors, $0)
        }
      }
    }
  }
}

/// The mean of every channel.
struct AverageStep: Step {
  var source: BlockedImage
  var result: BlockedImage

  var buffers: [Int] { [source.buffer, result.buffer] }

  func bound(to shard: Shard) throws -> () throws -> Void {
    let average = shard.kernels.average!
    let (from, to) = (shard.address(source.buffer), shard.address(result.buffer))
    let source = source
    return {
      average(from, to, source.isBF16, source.planes, source.pixels, source.vectors)
    }
  }
}

/// Four images of half the size make one: the phases of a transposed convolution of stride 2.
struct InterleaveStep: Step {
  /// Even rows and columns; even rows, odd columns; odd rows, even columns; odd rows and columns.
  var phases: [BlockedImage]
  var result: BlockedImage

  var buffers: [Int] { phases.map(\.buffer) + [result.buffer] }

  func bound(to shard: Shard) throws -> () throws -> Void {
    let interleave = shard.kernels.interleave!
    let sources = phases.map { shard.address($0.buffer) }
    let to = shard.address(result.buffer)
    let (phase, result) = (phases[0], result)
    let division = PlaneDivision(result, threads: shard.threads)
    return {
      division { planes in
        let parts = sources.map { Optional(UnsafeRawPointer($0 + planes.lowerBound * phase.planeByteCount)) }
        parts.withUnsafeBufferPointer {
          interleave(
            $0.baseAddress, to + planes.lowerBound * result.planeByteCount, phase.isBF16, planes.count,
            phase.shape[2], phase.shape[3], phase.vectors)
        }
      }
    }
  }
}

/// Copies blocks of channels: the parts of a concatenation or a split, or the whole image.
struct CopyStep: Step {
  var source: BlockedImage
  var result: BlockedImage
  /// First block in the source and in the result, and how many; nil for all.
  var from = 0
  var to = 0
  var blocks: Int?

  var buffers: [Int] { [source.buffer, result.buffer] }

  func bound(to shard: Shard) throws -> () throws -> Void {
    // Blocks of channels that follow each other are in one piece within a pixel or within an image.
    let pieces = source.layout == .blocked ? source.shape[0] : source.shape[0] * source.pixels
    let (strideFrom, strideTo) = (source.byteCount / pieces, result.byteCount / pieces)
    let block = strideFrom / source.blocks
    let (first, second) = (shard.address(source.buffer) + from * block, shard.address(result.buffer) + to * block)
    let byteCount = blocks.map { $0 * block } ?? strideFrom
    return {
      for piece in 0..<pieces {
        (second + piece * strideTo).copyMemory(from: first + piece * strideFrom, byteCount: byteCount)
      }
    }
  }
}

#endif
