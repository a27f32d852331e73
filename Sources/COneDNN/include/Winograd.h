#pragma once

#include "BlockedKernels.h"

// Convolutions with stride 1 by Winograd's minimal filtering (Lavin and Gray, "Fast Algorithms for Convolutional Neural
// Networks", 2016) over blocked float32 images. A few dozen tiles go through transform, products and back at a time, so
// that what lies between stays in the second-level cache; a library that transforms whole images first moves many times
// the memory. Weights are transformed as they are used: transformed they are up to six times as many, and what the larger
// layers of a network wait for is their weights.

/// Tiles of m × m results for kernels of r × r.
typedef enum {
  /// m = 4, r = 3: a quarter of the multiplications.
  WINOGRAD_4_3,
  /// m = 2, r = 3: four ninths of the multiplications, and less than half the work on the weights.
  WINOGRAD_2_3,
  /// m = 4, r = 2: 0.39 of the multiplications.
  WINOGRAD_4_2,
} winograd_kind;

typedef struct winograd_problem {
  winograd_kind kind;
  int64_t images, inputs, outputs;
  int64_t height, width;
  /// Results without the stride below.
  int64_t result_height, result_width;
  /// Padding before the first row and column; what lies beyond the image is zero on every side.
  int64_t top, left;
  /// The result at (y, x) goes to (step · y + row, step · x + column) of an image step times as large.
  int64_t step, row, column;
  /// Whether what is there before is added to the results.
  bool adds;
  blocked_activation activation;
} winograd_problem;

/// Floats that the weights take, in whole pairs of blocks of outputs.
int64_t winograd_weights_count(winograd_kind kind, int64_t inputs, int64_t outputs);
/// `plain`: outputs × inputs × r × r.
void winograd_pack(winograd_kind kind, int64_t inputs, int64_t outputs, const float *plain, float *packed);
/// Floats of scratch memory for `threads` threads.
int64_t winograd_scratch_count(const winograd_problem *problem, int64_t threads);
/// Convolves on `threads` threads of oneDNN, or on the calling one alone.
void winograd_run(
    const winograd_problem *problem, const float *source, const float *weights, const float *bias, float *result,
    float *scratch, int64_t threads);
