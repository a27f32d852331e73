#pragma once

#include "CKernels.h"

extern const CKKernels ck_baseline;
#if defined(__x86_64__)
extern const CKKernels ck_avx2;
extern const CKKernels ck_avx512;
#endif
