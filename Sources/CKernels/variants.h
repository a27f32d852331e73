#pragma once

#include "CKernels.h"

extern const CKKernels ck_baseline;
#if defined(__x86_64__)
extern const CKKernels ck_avx2;
extern const CKKernels ck_avx512;
/// On matrix tiles; needs `ck_allow_tiles`.
extern const CKConvolver ck_tiles;

/// Asks the system for the tiles' registers; returns whether this process may use them.
bool ck_allow_tiles(void);
#endif
