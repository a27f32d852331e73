/// Kernels over images whose channels lie in blocks, the order that oneDNN's convolutions prefer; part of the table in
/// `CKernels.h`. A block is one vector, `lanes` channels; those beyond the last channel hold any finite numbers. Elements are
/// float32 or bfloat16; sums are float32.
///
/// An image is planes × pixels × vectors × block: either each plane holds one block of channels and `vectors` is 1, or a
/// plane holds all channels, and the vectors of one pixel lie side by side.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CKConvolution.h"

typedef struct CKTerm {
  const void *data;
  /// Every element stands for scale × scale elements of the result (nearest neighbour); 1 for the result's own size.
  ptrdiff_t scale;
} CKTerm;

typedef struct CKPooling {
  ptrdiff_t height, width, resultHeight, resultWidth;
  ptrdiff_t kernel[2], strides[2], dilations[2];
  /// top, left.
  ptrdiff_t padding[2];
  bool averages;
  /// The divisor of an average counts positions up to these bounds: the image's, or those of the padded image.
  bool countsPadding;
  ptrdiff_t bottomPadding, rightPadding;
} CKPooling;

typedef struct CKBlockKernels {
  /// From images × channels × pixels, and back.
  void (*pack)(const float *plain, void *blocked, bool bf16, ptrdiff_t images, ptrdiff_t channels, ptrdiff_t pixels,
               ptrdiff_t vectors);
  void (*unpack)(const void *blocked, float *plain, bool bf16, ptrdiff_t images, ptrdiff_t channels, ptrdiff_t pixels,
                 ptrdiff_t vectors);
  /// images × channels × pixels become images × pixels × channels, rounded to bfloat16.
  void (*pack_pixels)(const float *plain, uint16_t *result, ptrdiff_t images, ptrdiff_t channels, ptrdiff_t pixels);
  /// The activation of the sum of `count` images.
  void (*sum)(const CKTerm *terms, ptrdiff_t count, void *result, bool bf16, ptrdiff_t planes, ptrdiff_t height,
              ptrdiff_t width, ptrdiff_t vectors, CKActivation activation);
  /// b has the shape of a, or one pixel a plane.
  void (*combine)(CKBinary function, const void *a, const void *b, bool bIsPixel, void *result, bool bf16,
                  ptrdiff_t planes, ptrdiff_t pixels, ptrdiff_t vectors);
  void (*pool)(const void *source, void *result, bool bf16, ptrdiff_t planes, ptrdiff_t vectors, const CKPooling *pooling);
  /// The mean of every channel.
  void (*average)(const void *source, void *result, bool bf16, ptrdiff_t planes, ptrdiff_t pixels, ptrdiff_t vectors);
  /// phases[2 · i + j] (planes × rows × columns) go to the rows 2r + i and the columns 2c + j of the result.
  void (*interleave)(const void *const phases[4], void *result, bool bf16, ptrdiff_t planes, ptrdiff_t rows,
                     ptrdiff_t columns, ptrdiff_t vectors);

  /// Winograd's minimal filtering (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016): tiles of 4 or 2
  /// results for kernels of 3 × 3, tiles of 4 for 2 × 2, with stride 1; tiles of 4 for 3 × 3 with stride 2. A few dozen tiles go
  /// through transform, products and back at a time, so that what lies between stays in the second-level cache; a library that
  /// transforms whole images first moves many times the memory. Weights are transformed as they are used: transformed they are
  /// up to six times as many, and what the larger layers of a network wait for is their weights.
  CKConvolver winograd;

  /// Any convolution without groups, in registers (Georganas et al., "Anatomy of High-Performance Deep Learning Convolutions on
  /// SIMD Architectures", SC 2018).
  CKConvolver direct;

  /// The same where every channel has a kernel of its own: `plain` weights are channels × kernel.
  CKConvolver depthwise;

  /// Any convolution of an image of few channels, which lies plane by plane: lanes that fill up blocks would be most of the work
  /// then. `step` is 1, and nothing is added. Rows that a row of the result spans: up to 16.
  CKConvolver planar;

  /// Any convolution on matrix tiles (Intel AMX); all NULL below that level. Tiles multiply bfloat16 only, so each number is
  /// split into two of them, a high and a low part, and of the four products the three that matter are summed in float32
  /// (Henry, Tang and Heinecke, "Leveraging the bfloat16 Artificial Intelligence Datatype For Higher-Precision Computations",
  /// ARITH 2019). The error is about 2^-17 of each product, less than Winograd's; three products take a fifth of the time of
  /// one in float32.
  CKConvolver tiles;
} CKBlockKernels;
