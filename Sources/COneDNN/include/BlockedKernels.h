#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Kernels over images whose channels lie in blocks, the lanes beyond C holding any finite numbers. The block is the
// processor's vector: 16 floats with AVX-512, else 8. Elements are float32 or bfloat16; sums are float32.
//
// An image is planes × pixels × vectors × block: either each plane holds one block of channels and `vectors` is 1, or a
// plane holds all channels, and the vectors of one pixel lie side by side.

typedef struct {
  const void *data;
  /// Every element stands for scale × scale elements of the result (nearest neighbour); 1 for the result's own size.
  int64_t scale;
} blocked_term;

typedef enum {
  BLOCKED_IDENTITY,
  /// alpha: slope below zero.
  BLOCKED_RELU,
  /// alpha, beta: limits.
  BLOCKED_CLIP,
  BLOCKED_SIGMOID,
  /// clip(alpha · x + beta, 0, 1).
  BLOCKED_HARD_SIGMOID,
  BLOCKED_HARD_SWISH,
  BLOCKED_SILU,
} blocked_function;

typedef enum { BLOCKED_ADD, BLOCKED_SUBTRACT, BLOCKED_MULTIPLY, BLOCKED_MAXIMUM, BLOCKED_MINIMUM } blocked_combination;

typedef struct {
  blocked_function function;
  float alpha, beta;
} blocked_activation;

typedef struct {
  int64_t height, width, result_height, result_width;
  int64_t kernel[2], strides[2], dilations[2];
  /// top, left.
  int64_t padding[2];
  bool averages;
  /// The divisor of an average counts positions up to these bounds: the image's, or those of the padded image.
  bool counts_padding;
  int64_t bottom_padding, right_padding;
} blocked_pooling;

struct winograd_problem;

typedef struct {
  /// Channels in a block; 16 or 8.
  int64_t block;
  void (*pack)(
      const float *plain, void *blocked, bool bf16, int64_t images, int64_t channels, int64_t pixels, int64_t vectors);
  void (*unpack)(
      const void *blocked, float *plain, bool bf16, int64_t images, int64_t channels, int64_t pixels, int64_t vectors);
  void (*sum)(
      const blocked_term *terms, int64_t count, void *result, bool bf16, int64_t planes, int64_t height, int64_t width,
      int64_t vectors, blocked_activation activation);
  /// b has the shape of a, or one pixel a plane.
  void (*combine)(
      const void *a, const void *b, bool b_is_pixel, void *result, bool bf16, int64_t planes, int64_t pixels,
      int64_t vectors, blocked_combination combination, blocked_activation activation);
  void (*pool)(
      const void *source, void *result, bool bf16, int64_t planes, int64_t vectors, const blocked_pooling *pooling);
  void (*average)(const void *source, void *result, bool bf16, int64_t planes, int64_t pixels, int64_t vectors);
  /// phases[2 · i + j] (planes × rows × columns) go to the rows 2r + i and the columns 2c + j of the result.
  void (*interleave)(
      const void *const phases[4], void *result, bool bf16, int64_t planes, int64_t rows, int64_t columns,
      int64_t vectors);
  /// Every `stride`-th vector of the result = activation(sums + bias + what is there, where `adds`), `count` times, all of one
  /// block of channels.
  void (*complete)(
      const float *sums, int64_t count, const float *bias, bool adds, float *result, int64_t stride,
      blocked_activation activation);
  /// See Winograd.h.
  void (*winograd)(
      const struct winograd_problem *problem, const float *source, const float *weights, const float *bias,
      float *result, float *scratch, int64_t thread, int64_t threads);
  int64_t (*winograd_scratch)(const struct winograd_problem *problem, int64_t thread, int64_t threads);
} blocked_kernels;

/// Those for this processor.
const blocked_kernels *blocked_kernels_here(void);

/// Whether the processor multiplies bfloat16.
bool processor_has_bf16(void);

/// images × channels × pixels become images × pixels × channels, rounded.
void pack_bf16_pixels(const float *plain, uint16_t *result, int64_t images, int64_t channels, int64_t pixels);
