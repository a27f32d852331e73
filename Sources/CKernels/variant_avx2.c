#if defined(__x86_64__)

#include <math.h>
#include <string.h>

#include "variants.h"

#define NAME "avx2"
#define TABLE ck_avx2
#define LANES 8
#define ROWS 6
#define MAXPS(a, b) __builtin_ia32_maxps256((a), (b))
#define MINPS(a, b) __builtin_ia32_minps256((a), (b))

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "kernels/all.inc"
#pragma clang attribute pop

#include "kernels/table.inc"

#endif
