#if OneDNN

internal import Inference
internal import TestSupport
import Testing

@testable internal import OneDNNBackend

@Suite struct `Weights in bfloat16` {
  @Test(
    arguments: [
      (1, 1), (0x1.02p0, 0x1.02p0), (0x1.03p0, 0x1.04p0), (0x1.01p0, 0x1p0), (-0x1.011p0, -0x1.02p0),
      (0x1p-133, 0x1p-133), (.infinity, .infinity),
    ] as [(Float, Float)])
  func `are the nearest numbers, the even one of two`(_ number: Float, _ rounded: Float) {
    #expect(number.roundedToBF16 == rounded)
  }

  @Test func `keep the sum of every kernel`() throws {
    var generator = SeededRandom(seed: 3)
    let weights = try Tensor(shape: [4, 3, 5, 5]) { floats in
      for index in floats.indices { floats[index] = Float.random(in: -1...1, using: &generator) }
    }
    let rounded = try weights.roundedToBF16()
    #expect(rounded.floats.allSatisfy { $0 == $0.roundedToBF16 })
    for kernel in stride(from: 0, to: weights.count, by: 25) {
      let taps = kernel..<kernel + 25
      let (exact, kept) = (weights.floats[taps].reduce(0, +), rounded.floats[taps].reduce(0, +))
      #expect(abs(exact - kept) < 0x1p-8)
      for index in taps { #expect(abs(weights.floats[index] - rounded.floats[index]) < 0x1p-7) }
    }
  }
}

#endif
