#if defined(__x86_64__)

#include <math.h>
#include <string.h>

#include "numbers.h"
#include "variants.h"

#define TABLE ck_avx2
#define LEVEL CKLevelAVX2
#define LANES 8
#define ROWS 6

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "kernels/all.inc"
#pragma clang attribute pop

#include "kernels/table.inc"

#endif
