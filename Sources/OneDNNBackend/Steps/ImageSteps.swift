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
      (address: shard.address($0.image), stride: $0.image.planeByteCount, row: $0.image.rowByteCount, scale: $0.scale)
    }
    let (to, result, activation) = (shard.address(result), result, activation)
    // Every scale divides the largest, or else nothing is divided.
    let largest = terms.map(\.scale).max() ?? 1
    let unit = terms.allSatisfy { largest % $0.scale == 0 } ? largest : result.shape[2]
    let division = RowDivision(result, threads: shard.threads, unit: unit)
    return {
      division { plane, rows in
        let parts = terms.map {
          CKTerm(data: $0.address + plane * $0.stride + rows.lowerBound / $0.scale * $0.row, scale: $0.scale)
        }
        parts.withUnsafeBufferPointer {
          sum(
            $0.baseAddress, $0.count,
            to + plane * result.planeByteCount + rows.lowerBound * result.rowByteCount, result.isBF16, 1, rows.count,
            result.shape[3], result.vectors, activation)
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
    let (left, right, to) = (shard.address(a), shard.address(b), shard.address(result))
    let (isPixel, result, function) = (b.pixels == 1 && a.pixels != 1, result, function)
    let (stride, rightStride, row) = (result.planeByteCount, b.planeByteCount, result.rowByteCount)
    let division = RowDivision(result, threads: shard.threads)
    return {
      division { plane, rows in
        let first = plane * stride + rows.lowerBound * row
        combine(
          function, left + first, right + (isPixel ? plane * rightStride : first), isPixel, to + first, result.isBF16,
          1, rows.count * result.shape[3], result.vectors)
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
    let from = shard.address(source).assumingMemoryBound(to: Float.self)
    let to = shard.address(result).assumingMemoryBound(to: Float.self)
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
    let (from, to) = (shard.address(source), shard.address(result))
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
    let (from, to) = (shard.address(source), shard.address(result))
    let (source, result) = (source, result)
    let division = PlaneDivision(source, threads: shard.threads)
    return {
      division { planes in
        let first = planes.lowerBound
        average(
          from + first * source.planeByteCount, to + first * result.planeByteCount, source.isBF16, planes.count,
          source.pixels, source.vectors)
      }
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
    let sources = phases.map { shard.address($0) }
    let to = shard.address(result)
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
    let (first, second) = (shard.address(source) + from * block, shard.address(result) + to * block)
    let byteCount = blocks.map { $0 * block } ?? strideFrom
    return {
      for piece in 0..<pieces {
        (second + piece * strideTo).copyMemory(from: first + piece * strideFrom, byteCount: byteCount)
      }
    }
  }
}

#endif
