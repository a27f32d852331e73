// The vectors that every processor of the architecture has, SSE2 or NEON: two make one of LANES.
#include <math.h>
#include <string.h>

#include "numbers.h"
#include "variants.h"

#define TABLE ck_baseline
#define LEVEL CKLevelBaseline
#define LANES 8
#if defined(__aarch64__)
#define ROWS 6
#else
#define ROWS 3
#endif

// Vectors longer than the processor's are passed to functions that are part of their callers: how others would pass them plays
// no part.
#pragma clang diagnostic ignored "-Wpsabi"
#include "kernels/all.inc"

#include "kernels/table.inc"
