/// Kernels over planes: images as N × channels × height × width, which the OpenBLAS backend computes with; part of the table in
/// `CKernels.h`.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "CKActivation.h"

/// Consecutive columns of a tile that lie side by side in the source.
typedef struct CKRun {
  ptrdiff_t column, length, source;
} CKRun;

/// Neighbouring tiles of one tile row: the first has its corner at pixel (x, y) of the plane that begins at `plane`.
typedef struct CKTileRun {
  ptrdiff_t column, length, plane, y, x;
} CKTileRun;

typedef struct CKPlaneKernels {
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

  /// target[i · step] = source[i].
  void (*spread)(const float *source, float *target, ptrdiff_t count, ptrdiff_t step);
} CKPlaneKernels;
