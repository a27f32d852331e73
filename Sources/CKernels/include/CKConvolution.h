/// Convolutions of our own over float images in blocks of channels (see `CKBlocks.h`).
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "CKActivation.h"

/// result = activation(convolution(source) + bias + (adds ? result : 0)) + (addend ? result[addend] : 0), without groups.
typedef struct CKConvolution {
  ptrdiff_t images, inputs, outputs;
  ptrdiff_t height, width;
  /// Results without the step below.
  ptrdiff_t resultHeight, resultWidth;
  ptrdiff_t kernel[2], strides[2], dilations[2];
  /// Padding before the first row and column; what lies beyond the image is zero on every side.
  ptrdiff_t top, left;
  /// The result at (y, x) goes to (step · y + row, step · x + column) of an image step times as large.
  ptrdiff_t step, row, column;
  /// Whether what is there before is added to the results.
  bool adds;
  /// How far from each result, in floats, lies what is added to it last; 0 for nothing. Not for planes, and not on matrix tiles.
  ptrdiff_t addend;
  CKActivation activation;
  /// For Winograd's filtering: results of a tile along each axis.
  ptrdiff_t tile;
  /// For planes: whether the result lies plane by plane too, not in blocks.
  bool isPlain;
} CKConvolution;

/// One way to compute convolutions. Weights are packed once; scratch memory is for one run.
typedef struct CKConvolver {
  /// Bytes that packed weights take. They and the scratch memory are aligned to cache lines.
  ptrdiff_t (*packed_size)(const CKConvolution *convolution);
  /// `plain`: outputs × inputs × kernel.
  void (*pack)(const CKConvolution *convolution, const float *plain, void *packed);
  /// Bytes of scratch memory for `thread` of `threads`.
  ptrdiff_t (*scratch_size)(const CKConvolution *convolution, ptrdiff_t thread, ptrdiff_t threads);
  /// Computes the share of `thread`. `bias` is filled up to whole blocks, or NULL.
  void (*run)(const CKConvolution *convolution, const float *source, const void *packed, const float *bias, float *result,
              void *scratch, ptrdiff_t thread, ptrdiff_t threads);
} CKConvolver;
