internal import CKernels
internal import TestSupport
import Testing

@testable internal import Imaging

/// The kernels of every level against their plain twins.
@Suite struct `Pixel kernels` {
  /// Above AVX-512 they are the same.
  private static let levels: [KernelLevel] = [.baseline, .avx2, .avx512]

  private func covered(width: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Void) -> [UInt8] {
    var row = [UInt8](repeating: 0, count: width)
    row.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
    return row
  }

  @Test(arguments: levels)
  func `Lines and frames cover what their distances say`(_ level: KernelLevel) throws {
    let kernels = try level.kernels().pixels
    for seed in 0..<40 { compareShapes(seed: seed, kernels) }
  }

  private func compareShapes(seed: Int, _ kernels: CKPixelKernels) {
    var random = SeededRandom(seed: UInt64(seed))
    func number(_ range: ClosedRange<Float>) -> Float { .random(in: range, using: &random) }
    let line = LineField(
      number(-10...70), number(-5...5), number(-10...70), number(-5...5), radius: number(0.5...9))
    let frame = FrameField(
      outline: RectangleField(
        x: number(0...64), y: number(-9...9), halfWidth: number(5...20), halfHeight: number(5...20),
        corner: number(0...5)), halfStroke: number(0.5...3))
    let scale = number(50...255)
    func compare(_ field: some DistanceField, _ kernel: (UnsafeMutablePointer<UInt8>) -> Void) {
      let expected = covered(width: 64) { row in
        for x in 0..<64 {
          row[x] = UInt8(max(0, min(1, 0.5 - field.distance(Float(x), 0))) * scale + 0.5)
        }
      }
      let found = covered(width: 64, kernel)
      #expect(zip(found, expected).allSatisfy { abs(Int($0) - Int($1)) <= 1 }, "seed \(seed)")
    }
    compare(line) { row in
      var shape = line.kernelShape
      kernels.cover_line(&shape, 0, 0, 64, scale, row)
    }
    compare(frame) { row in
      var shape = frame.kernelShape
      kernels.cover_frame(&shape, 0, 0, 64, scale, row)
    }
  }

  @Test(arguments: levels)
  func `Coverage only grows, and only in the blocks asked for`(_ level: KernelLevel) throws {
    let kernels = try level.kernels().pixels
    let line = LineField(0, 0, 63, 0, radius: 3)
    let row = covered(width: 64) { row in
      (row[20], row[40]) = (255, 7)
      var shape = line.kernelShape
      kernels.cover_line(&shape, 0, 18, 31, 100, row)
    }
    #expect(row[20] == 255 && row[16] == 100 && row[31] == 100)
    #expect(row[15] == 0 && row[32] == 0 && row[40] == 7)
  }

  @Test(arguments: levels)
  func `Levels are blended and coverage is halved exactly`(_ level: KernelLevel) throws {
    let kernels = try level.kernels().pixels
    var random = SeededRandom(seed: 3)
    func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in .random(in: 0...255, using: &random) } }
    for count in [1, 15, 16, 33, 100] {
      let (samples, coverage, other) = (bytes(count), bytes(2 * count), bytes(2 * count))
      let (ink, opacity) = (UInt8.random(in: 0...255, using: &random), UInt8.random(in: 0...255, using: &random))
      let blended = zip(samples, coverage).map { sample, coverage -> UInt8 in
        blend(sample, UInt16(ink), scaled(UInt16(coverage), by: UInt16(opacity)))
      }
      let means = (0..<count).map { index -> UInt8 in
        let upper = Int(coverage[2 * index]) + Int(coverage[2 * index + 1])
        let lower = Int(other[2 * index]) + Int(other[2 * index + 1])
        return UInt8((upper + lower + 2) / 4)
      }
      var found = samples
      kernels.blend_level(ink, opacity, coverage, &found, count)
      #expect(found == blended)
      kernels.halve_coverage(coverage, other, &found, count)
      #expect(found == means)
    }
  }

  @Test(arguments: levels)
  func `Kernels of every level blend bytes and make colours`(_ level: KernelLevel) throws {
    let kernels = try level.kernels().pixels
    for count in [1, 7, 16, 61] {
      let first = (0..<count).map { UInt8($0 * 3 % 256) }
      let second = (0..<count).map { UInt8(250 - $0) }
      var line = [Float](repeating: .nan, count: count)
      kernels.mix_bytes(first, second, 0.25, 0.5, 16, &line, count)
      let mixed = zip(first, second).map { near, far -> Float in
        let (near, far) = (Float(near) - 16, Float(far) - 16)
        return 0.25 * near + 0.5 * far
      }
      #expect(line == mixed)

      let places = (0..<count).map { Int32($0 * 5 % count) }
      let weights = [Float](repeating: 0.5, count: count)
      let colours = CKColours(luma: 1, redFromRed: 2, greenFromBlue: 0.5, greenFromRed: 0.25, blueFromBlue: 4)
      let chroma = (0..<count).map { Float($0 % 9) }
      var output = [Float](repeating: .nan, count: 3 * count)
      output.withUnsafeMutableBufferPointer { output in
        places.withUnsafeBufferPointer { places in
          weights.withUnsafeBufferPointer { weights in
            let start = output.baseAddress!
            let taps = CKTaps(
              first: places.baseAddress, second: places.baseAddress, firstWeight: weights.baseAddress,
              secondWeight: weights.baseAddress)
            let planes = CKColourPlanes(
              planes: (start, start + count, start + 2 * count), factors: (1, 2, 3), offsets: (0, 1, 2))
            kernels.sample_colours(line, chroma, chroma, taps, count, colours, planes)
          }
        }
      }
      for index in 0..<count {
        let place = Int(places[index])
        let (luma, tint) = (line[place], chroma[place / 2])
        let colours: [Float] = [luma + 2 * tint, luma - 0.75 * tint, luma + 4 * tint]
        let levels = colours.map { min(max($0, 0), 255).rounded(.toNearestOrEven) }
        let expected: [Float] = [levels[0], levels[1] * 2 + 1, levels[2] * 3 + 2]
        #expect([output[index], output[count + index], output[2 * count + index]] == expected)
      }
    }
  }

  @Test(arguments: levels)
  func `Chroma is widened and coloured as by libjpeg`(_ level: KernelLevel) throws {
    let kernels = try level.kernels().pixels
    var random = SeededRandom(seed: 11)
    func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in .random(in: 0...255, using: &random) } }
    for count in [1, 2, 3, 16, 61] {
      let (near, far) = (bytes(count), bytes(count))
      var sums = [Int16](repeating: 0, count: count)
      kernels.weigh_bytes(near, far, 3, 1, &sums, count)
      #expect(sums == zip(near, far).map { 3 * Int16($0) + Int16($1) })
      var wide = [UInt8](repeating: 0, count: 2 * count)
      kernels.widen_chroma(sums, CKWidening(leftBias: 8, rightBias: 7, shift: 4), &wide, count)
      let expected = (0..<2 * count).map { x -> UInt8 in
        let other = min(max(x.isMultiple(of: 2) ? x / 2 - 1 : x / 2 + 1, 0), count - 1)
        return UInt8((3 * Int(sums[x / 2]) + Int(sums[other]) + (x.isMultiple(of: 2) ? 8 : 7)) / 16)
      }
      #expect(wide == expected)

      let luma = bytes(count)
      var colours = [UInt8](repeating: 0, count: 3 * count)
      kernels.jpeg_colours(luma, near, far, &colours, count)
      for x in 0..<count {
        let (l, b, r) = (Double(luma[x]), Double(near[x]) - 128, Double(far[x]) - 128)
        let exact = [l + 1.402 * r, l - 0.344136 * b - 0.714136 * r, l + 1.772 * b]
        for (found, exact) in zip(colours[3 * x..<3 * x + 3], exact) {
          #expect(abs(Double(found) - min(max(exact, 0), 255)) < 0.51)
        }
      }
    }
  }
}
