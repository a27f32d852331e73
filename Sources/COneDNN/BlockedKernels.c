#include "Halves.h"
#include "WinogradShape.h"

#include <string.h>

// The kernels of BlockedKernels.inc, compiled once for each kind of processor.

#define BLOCK 16
#define NAME(name) name##_avx512
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx2,fma"))), apply_to = function)
#include "BlockedKernels.inc"
#pragma clang attribute pop
#undef BLOCK
#undef NAME

#define BLOCK 8
#define NAME(name) name##_avx2
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "BlockedKernels.inc"
#pragma clang attribute pop
#undef NAME

#define NAME(name) name##_plain
#include "BlockedKernels.inc"
#undef BLOCK
#undef NAME

const blocked_kernels *blocked_kernels_here(void) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
      && __builtin_cpu_supports("avx512dq"))
    return &kernels_avx512;
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &kernels_avx2 : &kernels_plain;
}

bool processor_has_bf16(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512bf16") && blocked_kernels_here() == &kernels_avx512;
}

void pack_bf16_pixels(const float *plain, uint16_t *result, int64_t images, int64_t channels, int64_t pixels) {
  for (int64_t plane = 0; plane < images * channels; plane++) {
    uint16_t *to = result + plane / channels * pixels * channels + plane % channels;
    for (int64_t pixel = 0; pixel < pixels; pixel++) to[pixel * channels] = bf16_of(plain[plane * pixels + pixel]);
  }
}
