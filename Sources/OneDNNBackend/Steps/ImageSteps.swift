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
    let terms = terms.map {
      (address: shard.address($0.image.buffer), stride: $0.image.planeByteCount, scale: Int64($0.scale))
    }
    let (to, result, activation) = (shard.address(result.buffer), result, activation)
    let division = PlaneDivision(result, threads: shard.threads)
    return {
      division { planes in
        let parts = terms.map { blocked_term(data: $0.address + planes.lowerBound * $0.stride, scale: $0.scale) }
        parts.withUnsafeBufferPointer {
          sum(
            $0.baseAddress, Int64($0.count), to + planes.lowerBound * result.planeByteCount, result.isBF16,
            Int64(planes.count), Int64(result.shape[2]), Int64(result.shape[3]), Int64(result.vectors), activation)
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
  var combination: blocked_combination

  var buffers: [Int] { [a.buffer, b.buffer, result.buffer] }

  func bound(to shard: Shard) throws -> () throws -> Void {
    let combine = blocked_kernels_here().pointee.combine!
    let (left, right, to) = (shard.address(a.buffer), shard.address(b.buffer), shard.address(result.buffer))
    let (isPixel, result, combination) = (b.pixels == 1 && a.pixels != 1, result, combination)
    let (stride, rightStride) = (result.planeByteCount, b.planeByteCount)
    let division = PlaneDivision(result, threads: shard.threads)
    return {
      division { planes in
        let first = planes.lowerBound
        combine(
          left + first * stride, right + first * rightStride, isPixel, to + first * stride, result.isBF16,
          Int64(planes.count), Int64(result.pixels), Int64(result.vectors), combination, blocked_activation())
      }
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
    let (pooling, source, result) = (pooling, source, result)
    let division = PlaneDivision(source, threads: shard.threads)
    return {
      division { planes in
        withUnsafePointer(to: pooling) {
          pool(
            from + planes.lowerBound * source.planeByteCount, to + planes.lowerBound * result.planeByteCount,
            source.isBF16, Int64(planes.count), Int64(source.vectors), $0)
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
    let average = blocked_kernels_here().pointee.average!
    let (from, to) = (shard.address(source.buffer), shard.address(result.buffer))
    let source = source
    return {
      average(from, to, source.isBF16, Int64(source.planes), Int64(source.pixels), Int64(source.vectors))
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
    let interleave = blocked_kernels_here().pointee.interleave!
    let sources = phases.map { shard.address($0.buffer) }
    let to = shard.address(result.buffer)
    let (phase, result) = (phases[0], result)
    let division = PlaneDivision(result, threads: shard.threads)
    return {
      division { planes in
        let parts = sources.map { Optional(UnsafeRawPointer($0 + planes.lowerBound * phase.planeByteCount)) }
        parts.withUnsafeBufferPointer {
          interleave(
            $0.baseAddress, to + planes.lowerBound * result.planeByteCount, phase.isBF16, Int64(planes.count),
            Int64(phase.shape[2]), Int64(phase.shape[3]), Int64(phase.vectors))
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
    let block = strideFrom / BlockedImage.blocks(source.shape[1])
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
