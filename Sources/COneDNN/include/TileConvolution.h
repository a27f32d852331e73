#pragma once

#include "BlockedKernels.h"

// Convolutions of blocked float32 images on matrix tiles (Intel AMX). Tiles multiply bfloat16 only, so each number is split
// into two of them, a high and a low part, and of the four products the three that matter are summed in float32 (Henry, Tang
// and Heinecke, "Leveraging the bfloat16 Artificial Intelligence Datatype For Higher-Precision Computations", ARITH 2019). The
// error is about 2^-17 of each product, less than Winograd's; three products take a fifth of the time of one in float32.

typedef struct tile_problem {
  int64_t images, inputs, outputs;
  int64_t height, width;
  /// Results without the step below.
  int64_t result_height, result_width;
  int64_t kernel[2], strides[2], dilations[2];
  /// Padding before the first row and column; what lies beyond the image is zero on every side.
  int64_t top, left;
  /// The result at (y, x) goes to (step · y + row, step · x + column) of an image step times as large.
  int64_t step, row, column;
  /// Whether what is there before is added to the results.
  bool adds;
  blocked_activation activation;
} tile_problem;

/// Whether the processor has tiles, and the system lets this process use them.
bool processor_has_tiles(void);
/// Bytes that the weights take.
int64_t tile_weights_size(int64_t inputs, int64_t outputs, int64_t taps);
/// `plain`: outputs × inputs × taps.
void tile_pack(int64_t inputs, int64_t outputs, int64_t taps, const float *plain, void *packed);
/// Bytes of scratch memory for `threads` threads.
int64_t tile_scratch_size(const tile_problem *problem, int64_t threads);
/// Convolves on `threads` threads of oneDNN, or on the calling one alone. `bias` is filled up to whole blocks.
void tile_run(
    const tile_problem *problem, const float *source, const void *weights, const float *bias, float *result, void *scratch,
    int64_t threads);
