package import CKernels
package import Testing

/// The levels of kernels of our own, for tests that go over all of them on any machine.
package enum KernelLevel: CaseIterable, Sendable, CustomTestStringConvertible {
  case baseline, avx2, avx512, bf16, tiles

  package var testDescription: String {
    switch self {
    case .baseline: "baseline"
    case .avx2: "AVX2"
    case .avx512: "AVX-512"
    case .bf16: "AVX-512 with bfloat16"
    case .tiles: "matrix tiles"
    }
  }

  /// The level's kernels; ends the test case where this machine lacks them, which the levels' own tests show as a skip.
  package func kernels() throws -> CKKernels {
    if !isHere { try Test.cancel("this machine has no \(testDescription)") }
    return ck_kernels(level)
  }

  /// Skips a test where this machine lacks the level.
  package var isNeeded: ConditionTrait {
    .enabled(if: isHere, "this machine has no \(testDescription): no test runs the kernels of this level")
  }

  private var isHere: Bool { ck_kernels(level).level == level }

  package var level: CKLevel {
    switch self {
    case .baseline: .baseline
    case .avx2: .avx2
    case .avx512: .avx512
    case .bf16: .bf16
    case .tiles: .tiles
    }
  }
}
