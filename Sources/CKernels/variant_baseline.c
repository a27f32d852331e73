// The vectors that every processor of the architecture has: SSE2 or NEON.
#include <math.h>
#include <string.h>

#include "variants.h"

#define NAME "baseline"
#define TABLE ck_baseline
#define LANES 4
#if defined(__aarch64__)
#define ROWS 12
#else
#define ROWS 6
#define MAXPS(a, b) __builtin_ia32_maxps((a), (b))
#define MINPS(a, b) __builtin_ia32_minps((a), (b))
#endif

#include "kernels/all.inc"

#include "kernels/table.inc"
