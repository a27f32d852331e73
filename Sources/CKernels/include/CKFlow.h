/// Kernels of sparse optical flow; part of the table in `CKernels.h`. All of them count in whole numbers, so that every level gives
/// the same.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Sides of the window that is looked for, and numbers in a row of a patch: those beyond the window are 0.
enum { CKFlowWindow = 21, CKFlowRow = 32 };

/// A window between the pixels of a picture. Pixels are read from one row and column before the window's first to one after its last,
/// and in each row to two after the CKFlowRow-th.
typedef struct CKFlowSpot {
  const uint8_t *pixels;
  ptrdiff_t stride;
  /// Shares of the pixel at a place, of the one to its right, below, and below to the right, in parts of 2^14.
  int32_t here, right, below, diagonal;
} CKFlowSpot;

/// Which rows and columns, counted from the first pixel of a spot, lie in the picture.
typedef struct CKFlowRange {
  int32_t firstRow, endRow, firstColumn, endColumn;
} CKFlowRange;

/// What a window shows, CKFlowWindow × CKFlowRow numbers each: levels times 32, and their slopes (Scharr's 3, 10, 3) times 32.
typedef struct CKFlowPatch {
  int16_t *levels, *slopesX, *slopesY;
} CKFlowPatch;

typedef struct CKFlowKernels {
  /// Fills the patch of a window; slopes outside of the picture are 0. Sums are those of slopesX², slopesX · slopesY and slopesY².
  void (*take_patch)(const CKFlowSpot *spot, CKFlowRange inside, CKFlowPatch patch, int64_t *sums);

  /// Sums of (levels of the spot − levels of the patch) times slopesX, and times slopesY.
  void (*compare_patch)(const CKFlowSpot *spot, CKFlowPatch patch, int64_t *sums);

  /// Sum of the magnitudes of (levels of the spot − levels of the patch).
  int64_t (*patch_difference)(const CKFlowSpot *spot, CKFlowPatch patch);

  /// A row of a picture of half the size: the binomial filter of 5 × 5 over five rows, each read from two pixels before the first to
  /// 2 · count + 1 after it. `sums` has room for 2 · count + 4.
  void (*halve_rows)(const uint8_t *const *rows, uint16_t *sums, uint8_t *y, ptrdiff_t count);
} CKFlowKernels;
