/// Inner loops that need the processor's own vector width, which Swift cannot choose at run time.
///
/// How dispatch works: every kernel is written once, in a file `kernels/NAME.inc`, in terms of the vector type `vf` of
/// `LANES` floats. `variant_avx512.c`, `variant_avx2.c` and `variant_baseline.c` set the target, `LANES` and the
/// register block, and include all of them. Each gives one table of functions, and `ck_kernels` returns the widest that
/// this processor runs. To add a kernel: declare it in `CKKernels`, write it in an `.inc`, name it in `kernels/table.inc`,
/// and test it against its plain twin in Swift.
///
/// Floats are of 32 bits, and pointers need no alignment. No kernel allocates or keeps state.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "CKPixels.h"
#include "CKSHA256.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Functions applied to each result while it is in a register.
typedef enum CKActivationKind {
  CKActivationNone,
  CKActivationRelu,
  /// x < 0 ? a · x : x
  CKActivationLeakyRelu,
  /// min(max(x, a), b)
  CKActivationClip,
  CKActivationSigmoid,
  /// clip(a · x + b, 0, 1)
  CKActivationHardSigmoid,
  CKActivationHardSwish,
  CKActivationSilu,
  CKActivationGeluErf,
  CKActivationGeluTanh,
  /// x < 0 ? a · (exp(x) − 1) : x
  CKActivationElu,
  CKActivationTanh,
  CKActivationSoftplus,
  CKActivationMish,
} CKActivationKind;

typedef struct CKActivation {
  CKActivationKind kind;
  float a, b;
} CKActivation;

typedef enum CKBinary {
  CKBinaryAdd,
  CKBinarySubtract,
  CKBinaryMultiply,
  CKBinaryDivide,
  CKBinaryMaximum,
  CKBinaryMinimum,
} CKBinary;

/// Consecutive columns of a tile that lie side by side in the source.
typedef struct CKRun {
  ptrdiff_t column, length, source;
} CKRun;

/// Neighbouring tiles of one tile row: the first has its corner at pixel (x, y) of the plane that begins at `plane`.
typedef struct CKTileRun {
  ptrdiff_t column, length, plane, y, x;
} CKTileRun;

typedef struct CKKernels {
  /// "avx512", "avx2" or "baseline".
  const char *name;
  /// Floats in a vector.
  ptrdiff_t lanes;
  /// Rows and columns of the register block of `gemm`.
  ptrdiff_t rows, columns;

  /// One register block: c[r][j] = activation(Σₖ a[k · rows + r] · b[k · columns + j] + bias[r] + residual[r][j]).
  /// `a` and `b` are packed panels; only `validRows` × `validColumns` are written. bias and residual may be NULL; the
  /// residual has the row stride of `c`.
  void (*gemm)(ptrdiff_t depth, const float *a, const float *b, float *c, ptrdiff_t cStride, ptrdiff_t validRows,
               ptrdiff_t validColumns, const float *bias, const float *residual, const CKActivation *activation);

  /// Fills a panel of `count` rows of `columns`: row k copies the runs from source + offsets[k]. Reads up to one vector
  /// beyond each run, writes up to one vector beyond the panel.
  void (*pack)(ptrdiff_t count, const float *source, const ptrdiff_t *offsets, const CKRun *runs, ptrdiff_t runCount,
               float *panel);

  /// Convolves one channel whose rows were padded and split by column phase (see `pad_plane`): output row y, column x
  /// is Σ weights[t] · source[y · rowStep + offsets[t] + x], then bias, residual (may be NULL) and activation. Reads up
  /// to one vector beyond each row.
  void (*depthwise)(const float *source, ptrdiff_t rowStep, const ptrdiff_t *offsets, const float *weights,
                    ptrdiff_t taps, float *output, ptrdiff_t height, ptrdiff_t width, float bias, const float *residual,
                    CKActivation activation);

  /// As `depthwise`, taking the largest tap.
  void (*max_pool)(const float *source, ptrdiff_t rowStep, const ptrdiff_t *offsets, ptrdiff_t taps, float *output,
                   ptrdiff_t height, ptrdiff_t width);

  /// y = activation(x · scale + shift).
  void (*map)(const float *x, float *y, ptrdiff_t count, float scale, float shift, CKActivation activation);

  /// c[i] = f(a[i · aStep], b[i · bStep]) with steps of 0 or 1.
  void (*binary)(CKBinary function, const float *a, ptrdiff_t aStep, const float *b, ptrdiff_t bStep, float *c,
                 ptrdiff_t count);

  float (*sum)(const float *x, ptrdiff_t count);

  /// y[i] = Σₜ weights[t] · x[rows[t] + i].
  void (*mix_rows)(const float *x, const ptrdiff_t *rows, const float *weights, ptrdiff_t taps, float *y,
                   ptrdiff_t count);

  /// Winograd's minimal filtering of tiles that see `edge`² pixels: with 3 and 4 they are of 2×2 results, of two and three
  /// taps, with 5 and 6 of 4×4. Transforms one channel of as many tiles as `gemm` has columns. Pixel i of the tiles' edge²
  /// lies in the runs from source + offsets[i]; row i of the result goes to v + i · block. Reads up to one vector beyond
  /// each run.
  void (*winograd_input)(ptrdiff_t edge, const float *source, const ptrdiff_t *offsets, const CKRun *runs,
                         ptrdiff_t runCount, float *v, ptrdiff_t block);

  /// Transforms the products of one channel (edge² rows of `columns`, `block` apart) back and writes the pixels of the runs
  /// with bias, residual (laid out as the output; may be NULL) and activation. Tiles that reach beyond the plane are cut.
  void (*winograd_output)(ptrdiff_t edge, const float *m, ptrdiff_t block, const CKTileRun *runs, ptrdiff_t runCount,
                          float *output, ptrdiff_t height, ptrdiff_t width, float bias, const float *residual,
                          const CKActivation *activation);

  /// Copies a plane into one with a border of `fill`, its columns sorted by their remainder modulo `phases`: column x of
  /// the padded row lands at (x % phases) · ceil(paddedWidth / phases) + x / phases.
  void (*pad_plane)(const float *source, ptrdiff_t height, ptrdiff_t width, float *padded, ptrdiff_t paddedHeight,
                    ptrdiff_t paddedWidth, ptrdiff_t top, ptrdiff_t left, ptrdiff_t phases, float fill);

  /// target[2 · i] = even[i], target[2 · i + 1] = odd[i].
  void (*interleave)(const float *even, const float *odd, float *target, ptrdiff_t count);

  CKPixelKernels pixels;
} CKKernels;

/// The widest kernels that this processor runs. `maximumLanes` narrows the choice, for tests; 0 does not.
const CKKernels *ck_kernels(ptrdiff_t maximumLanes);

/// target[i · step] = source[i].
void ck_spread(const float *source, float *target, ptrdiff_t count, ptrdiff_t step);

/// Whether the processor and the operating system run AVX-512.
int ck_has_avx512(void);

#ifdef __cplusplus
}
#endif
