#include "variants.h"

#if defined(__x86_64__)

#include <pthread.h>

static CKLevel level;
static pthread_once_t level_once = PTHREAD_ONCE_INIT;

static void find_level(void) {
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return;
  level = CKLevelAVX2;
  if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512bw") || !__builtin_cpu_supports("avx512dq") ||
      !__builtin_cpu_supports("avx512vl"))
    return;
  level = CKLevelAVX512;
  if (!__builtin_cpu_supports("avx512bf16")) return;
  level = ck_allow_tiles() ? CKLevelTiles : CKLevelBF16;
}

CKLevel ck_level(void) {
  pthread_once(&level_once, find_level);
  return level;
}

CKKernels ck_kernels(CKLevel highest) {
  CKLevel chosen = highest < ck_level() ? highest : ck_level();
  CKKernels kernels = chosen >= CKLevelAVX512 ? ck_avx512 : chosen == CKLevelAVX2 ? ck_avx2 : ck_baseline;
  kernels.level = chosen;
  if (chosen == CKLevelTiles) kernels.blocks.tiles = ck_tiles;
  return kernels;
}

#else

CKLevel ck_level(void) { return CKLevelBaseline; }

CKKernels ck_kernels(CKLevel highest) {
  (void)highest;
  return ck_baseline;
}

#endif
