internal import CKernels
internal import Inference
internal import TestSupport
import Testing

@Suite struct `Kernels over blocks of channels` {
  private static let levels: [KernelLevel] = [.baseline, .avx2, .avx512]

  private var random = SeededRandom(seed: 7)

  private mutating func image(_ shape: [Int]) -> Tensor {
    Tensor(shape: shape, random.floats(shape.reduce(1, *)))
  }

  private func difference(_ actual: Blocks, _ expected: Tensor) throws -> Float {
    BackendConformance.difference(try actual.tensor, expected)
  }

  @Test(arguments: levels, [13, 256, 257, 300])
  mutating func `find maxima in long rows, also of windows longer than what is looked at together`(
    _ level: KernelLevel, _ length: Int
  ) throws {
    let kernels = try level.kernels()
    let plain = image([1, 3, 2, 701])
    var pooling = Pooling(kernel: [2, length])
    (pooling.strides, pooling.padding) = ([1, 3], [1, length / 2, 0, length / 2])
    let expected = try ReferenceKernels.evaluate(.maxPool(pooling), [plain])[0]
    let source = Blocks(plain, kernels)
    var result = Blocks(expected.shape, kernels)
    var geometry = CKPooling(
      height: 2, width: 701, resultHeight: expected.shape[2], resultWidth: expected.shape[3], kernel: (2, length),
      strides: (1, 3), dilations: (1, 1), padding: (1, length / 2), averages: false, countsPadding: false,
      bottomPadding: 0, rightPadding: length / 2)
    source.withBytes { source in
      result.change { [planes = result.planes] in kernels.blocks.pool(source, $0, false, planes, 1, &geometry) }
    }
    #expect(try difference(result, expected) == 0)
  }

  @Test(arguments: levels, [false, true])
  mutating func `unpack what they packed`(_ level: KernelLevel, sideBySide: Bool) throws {
    let kernels = try level.kernels()
    let plain = image([2, 21, 9, 11])
    #expect(try Blocks(plain, sideBySide: sideBySide, kernels).tensor.floats == plain.floats)
    let rounded = try Blocks(plain, isBF16: true, sideBySide: sideBySide, kernels).tensor.floats
    #expect(zip(rounded, plain.floats).allSatisfy { abs($0 - $1) <= abs($1) / 256 })
    #expect(rounded.allSatisfy { $0.bitPattern & 0xffff == 0 })
  }

  @Test(arguments: levels)
  mutating func `pack pixels rounded to the nearest`(_ level: KernelLevel) throws {
    let kernels = try level.kernels()
    let plain = image([2, 3, 5, 7])
    var pixels = [UInt16](repeating: 0, count: plain.count)
    kernels.blocks.pack_pixels(plain.floats, &pixels, 2, 3, 35)
    for index in pixels.indices {
      let (image, pixel, channel) = (index / 105, index / 3 % 35, index % 3)
      let number = plain.floats[(image * 3 + channel) * 35 + pixel]
      #expect(abs(Float(bitPattern: UInt32(pixels[index]) << 16) - number) <= abs(number) / 256)
    }
  }

  @Test(arguments: levels, [false, true])
  mutating func `sum images of several sizes`(_ level: KernelLevel, sideBySide: Bool) throws {
    let kernels = try level.kernels()
    let (large, small) = (image([2, 19, 6, 8]), image([2, 19, 3, 4]))
    let terms = [large, small].map { Blocks($0, sideBySide: sideBySide, kernels) }
    var result = Blocks(large.shape, sideBySide: sideBySide, kernels)
    let (planes, vectors) = (result.planes, result.vectors)
    terms[0].withBytes { first in
      terms[1].withBytes { second in
        let terms = [CKTerm(data: first, scale: 1), CKTerm(data: second, scale: 2)]
        result.change { kernels.blocks.sum(terms, 2, $0, false, planes, 6, 8, vectors, CKActivation(.silu)) }
      }
    }
    let expected = try Tensor(shape: large.shape) { (floats: UnsafeMutableBufferPointer<Float>) in
      for index in floats.indices {
        let (plane, y, x) = (index / 48, index / 8 % 6, index % 8)
        floats[index] = Activation.silu(large.floats[index] + small.floats[plane * 12 + y / 2 * 4 + x / 2])
      }
    }
    #expect(try difference(result, expected) < 1e-6)
  }

  @Test(arguments: levels, [BinaryFunction.add, .subtract, .multiply, .maximum, .minimum])
  mutating func `combine images, and images with a number a channel`(
    _ level: KernelLevel, _ function: BinaryFunction
  ) throws {
    let kernels = try level.kernels()
    let left = image([2, 19, 5, 3])
    for right in [image([2, 19, 5, 3]), image([2, 19, 1, 1])] {
      let (a, b) = (Blocks(left, kernels), Blocks(right, kernels))
      var result = Blocks(left.shape, kernels)
      let (planes, kind) = (result.planes, try #require(CKBinary(function)))
      a.withBytes { a in
        b.withBytes { b in
          result.change { kernels.blocks.combine(kind, a, b, right.shape[2] == 1, $0, false, planes, 15, 1) }
        }
      }
      #expect(try difference(result, ReferenceKernels.evaluate(.binary(function), [left, right])[0]) == 0)
    }
  }

  @Test(arguments: levels, [(false, false), (true, false), (true, true)])
  mutating func `pool as the reference does`(_ level: KernelLevel, _ setting: (averages: Bool, countsPadding: Bool))
    throws
  {
    let kernels = try level.kernels()
    let plain = image([2, 19, 9, 7])
    var pooling = Pooling(kernel: [3, 2])
    (pooling.strides, pooling.dilations, pooling.padding) = ([2, 1], [1, 2], [1, 2, 1, 0])
    let operation: Inference.Operation =
      setting.averages ? .averagePool(pooling, countsPadding: setting.countsPadding) : .maxPool(pooling)
    let expected = try ReferenceKernels.evaluate(operation, [plain])[0]
    let source = Blocks(plain, kernels)
    var result = Blocks(expected.shape, kernels)
    var geometry = CKPooling(
      height: 9, width: 7, resultHeight: expected.shape[2], resultWidth: expected.shape[3], kernel: (3, 2),
      strides: (2, 1), dilations: (1, 2), padding: (1, 2), averages: setting.averages,
      countsPadding: setting.countsPadding, bottomPadding: 1, rightPadding: 0)
    source.withBytes { source in
      result.change { [planes = result.planes] in kernels.blocks.pool(source, $0, false, planes, 1, &geometry) }
    }
    #expect(try difference(result, expected) < 1e-6)
  }

  @Test(arguments: levels, [false, true])
  mutating func `average every channel`(_ level: KernelLevel, sideBySide: Bool) throws {
    let kernels = try level.kernels()
    let plain = image([2, 19, 9, 7])
    let source = Blocks(plain, sideBySide: sideBySide, kernels)
    var result = Blocks([2, 19, 1, 1], sideBySide: sideBySide, kernels)
    let (planes, vectors) = (source.planes, source.vectors)
    source.withBytes { source in
      result.change { kernels.blocks.average(source, $0, false, planes, 63, vectors) }
    }
    #expect(try difference(result, ReferenceKernels.evaluate(.globalAveragePool, [plain])[0]) < 1e-6)
  }

  @Test(arguments: levels, [false, true])
  mutating func `weave four phases`(_ level: KernelLevel, isBF16: Bool) throws {
    let kernels = try level.kernels()
    let phases = (0..<4).map { Tensor(shape: [1, 19, 3, 4], [Float](repeating: Float($0), count: 228)) }
    let parts = phases.map { Blocks($0, isBF16: isBF16, kernels) }
    var result = Blocks([1, 19, 6, 8], isBF16: isBF16, kernels)
    let planes = result.planes
    parts[0].withBytes { a in
      parts[1].withBytes { b in
        parts[2].withBytes { c in
          parts[3].withBytes { d in
            let phases: [UnsafeRawPointer?] = [a, b, c, d]
            result.change { kernels.blocks.interleave(phases, $0, isBF16, planes, 3, 4, 1) }
          }
        }
      }
    }
    let floats = try result.tensor.floats
    #expect(floats.indices.allSatisfy { floats[$0] == Float($0 / 8 % 2 * 2 + $0 % 2) })
  }
}
