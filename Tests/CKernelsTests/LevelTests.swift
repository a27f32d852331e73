internal import CKernels
internal import TestSupport
import Testing

/// One test a level, so that a level that this machine lacks shows as skipped; all other tests of kernels leave it out.
@Suite struct `The levels of kernels` {
  @Test(KernelLevel.baseline.isNeeded) func `baseline kernels run here`() { check(.baseline, lanes: 8) }
  @Test(KernelLevel.avx2.isNeeded) func `AVX2 kernels run here`() { check(.avx2, lanes: 8) }
  @Test(KernelLevel.avx512.isNeeded) func `AVX-512 kernels run here`() { check(.avx512, lanes: 16) }
  @Test(KernelLevel.bf16.isNeeded) func `AVX-512 kernels with bfloat16 run here`() { check(.bf16, lanes: 16) }
  @Test(KernelLevel.tiles.isNeeded) func `kernels on matrix tiles run here`() { check(.tiles, lanes: 16) }

  /// The level is what the machine gives when it is the highest allowed, and nothing above it is there.
  private func check(_ level: KernelLevel, lanes: Int) {
    let kernels = ck_kernels(level.level)
    #expect(kernels.level == level.level && kernels.lanes == lanes && kernels.planes.columns == 2 * lanes)
    #expect((kernels.blocks.tiles.run != nil) == (level == .tiles))
  }
}
