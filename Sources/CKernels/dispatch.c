#include "variants.h"

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
