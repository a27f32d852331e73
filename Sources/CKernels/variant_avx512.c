#if defined(__x86_64__)

#include <math.h>
#include <string.h>

#include "numbers.h"
#include "variants.h"

#define TABLE ck_avx512
#define LEVEL CKLevelAVX512
#define LANES 16
#define ROWS 12
#define FIRST(count) ((unsigned short)((1u << (count)) - 1))
#define LOAD_PART(p, count) __builtin_ia32_loadups512_mask((p), (vf){0}, FIRST(count))
#define STORE_PART(p, x, count) __builtin_ia32_storeups512_mask((p), (x), FIRST(count))
#define ALL ((unsigned short)0xffff)
#define ROUND(x) __builtin_ia32_rndscaleps_mask((x), 8, (x), ALL, 4)
#define SCALE(x, exponent) __builtin_ia32_scalefps512_mask((x), (exponent), (x), ALL, 4)
#define ESTIMATE(x) __builtin_ia32_rcp14ps512_mask((x), (x), ALL)

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#include "kernels/all.inc"
#pragma clang attribute pop

#include "kernels/table.inc"

#endif
