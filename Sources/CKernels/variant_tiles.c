#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>
#include <math.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "numbers.h"
#include "variants.h"

#define LANES 16

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,amx-tile,amx-bf16"))), \
                             apply_to = function)
#include "kernels/math.inc"

#include "kernels/tiles.inc"
#pragma clang attribute pop

const CKConvolver ck_tiles = {
    .packed_size = tiles_packed_size, .pack = tiles_pack, .scratch_size = tiles_scratch_size, .run = tiles_run};

bool ck_allow_tiles(void) {
  unsigned a, b, c, d;
  const unsigned needed = 1u << 22 | 1u << 24;  // AMX-BF16, AMX-TILE
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || (d & needed) != needed) return false;
  // Linux gives the registers to those who ask (ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA).
  return syscall(SYS_arch_prctl, 0x1023, 18) == 0;
}

#endif
