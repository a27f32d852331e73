#include "variants.h"

#include <string.h>

int ck_has_avx512(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#else
  return 0;
#endif
}

const CKKernels *ck_kernels(ptrdiff_t maximumLanes) {
#if defined(__x86_64__)
  ptrdiff_t limit = maximumLanes ? maximumLanes : 16;
  if (limit >= 16 && ck_has_avx512()) return &ck_avx512;
  if (limit >= 8 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &ck_avx2;
#else
  (void)maximumLanes;
#endif
  return &ck_baseline;
}

void ck_spread(const float *source, float *target, ptrdiff_t count, ptrdiff_t step) {
  for (ptrdiff_t i = 0; i < count; i++) target[i * step] = source[i];
}

void ck_pad_plane(const float *source, ptrdiff_t height, ptrdiff_t width, float *padded, ptrdiff_t paddedHeight,
                  ptrdiff_t paddedWidth, ptrdiff_t top, ptrdiff_t left, ptrdiff_t phases, float fill) {
  ptrdiff_t part = (paddedWidth + phases - 1) / phases, rowLength = part * phases;
  for (ptrdiff_t y = 0; y < paddedHeight; y++) {
    float *row = padded + y * rowLength;
    ptrdiff_t sourceY = y - top;
    int inside = sourceY >= 0 && sourceY < height;
    const float *from = source + (inside ? sourceY * width : 0);
    ptrdiff_t first = left < rowLength ? left : rowLength;
    ptrdiff_t end = left + width < paddedWidth ? left + width : paddedWidth;
    if (!inside || phases > 1)
      for (ptrdiff_t x = 0; x < rowLength; x++) row[x] = fill;
    if (!inside) continue;
    if (phases == 1) {
      for (ptrdiff_t x = 0; x < first; x++) row[x] = fill;
      if (end > first) memcpy(row + first, from, (size_t)(end - first) * sizeof(float));
      for (ptrdiff_t x = end > first ? end : first; x < rowLength; x++) row[x] = fill;
    } else {
      for (ptrdiff_t phase = 0; phase < phases; phase++) {
        // Padded columns phase, phase + phases, … that lie inside the image.
        ptrdiff_t skip = left > phase ? (left - phase + phases - 1) / phases : 0;
        ptrdiff_t stop = end > phase ? (end - phase + phases - 1) / phases : 0;
        float *restrict to = row + phase * part;
        if (phases == 2) {
          for (ptrdiff_t i = skip; i < stop; i++) to[i] = from[phase + 2 * i - left];
        } else {
          for (ptrdiff_t i = skip; i < stop; i++) to[i] = from[phase + i * phases - left];
        }
      }
    }
  }
}
