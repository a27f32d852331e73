/// Inner loops of our own, which need the processor's vectors, whose width is known when the program runs.
///
/// How dispatch works: every kernel is written once, in a file `kernels/NAME.inc`, in terms of the vector type `vf` of
/// `LANES` floats. `variant_avx512.c`, `variant_avx2.c` and `variant_baseline.c` set the target, `LANES` and the
/// register block, and include all of them. Each gives one table of functions, and `ck_kernels` returns the table of the
/// highest level that the caller allows and this processor runs. To add a kernel: declare it in the table it belongs to,
/// write it in an `.inc`, name it in `kernels/table.inc`, and test it on every level against its plain twin in Swift.
///
/// Floats are of 32 bits, and pointers need no alignment unless a kernel says so. No kernel allocates or keeps state.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CKActivation.h"
#include "CKBlocks.h"
#include "CKFlow.h"
#include "CKPixels.h"
#include "CKPlanes.h"
#include "CKSHA256.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What kernels may use of a processor. Each level has what is below it too.
typedef enum CK_CLOSED CKLevel {
  /// What every processor of the architecture has: SSE2 or NEON.
  CKLevelBaseline,
  /// AVX2 and FMA.
  CKLevelAVX2 __attribute__((swift_name("avx2"))),
  /// AVX-512 F, BW, DQ and VL.
  CKLevelAVX512 __attribute__((swift_name("avx512"))),
  /// Products of bfloat16 in vectors: AVX512_BF16.
  CKLevelBF16 __attribute__((swift_name("bf16"))),
  /// Products of bfloat16 in matrix tiles, which the system lets this process use: AMX.
  CKLevelTiles,
} CKLevel;

typedef struct CKKernels {
  CKLevel level;
  /// Floats in a vector, 8 or 16. Where the processor's are shorter, kernels make them of two.
  ptrdiff_t lanes;
  CKPixelKernels pixels;
  CKFlowKernels flow;
  CKPlaneKernels planes;
  CKBlockKernels blocks;
} CKKernels;

/// The highest level that this machine has.
CKLevel ck_level(void);

/// Kernels of the highest level that this machine has, but of none above `highest`.
CKKernels ck_kernels(CKLevel highest);

#ifdef __cplusplus
}
#endif
