/// OpenBLAS, loaded when it is first needed.
///
/// The library chooses its kernels while it is being loaded and takes processors newer than itself for old ones, so it
/// is told here, before that, to use its AVX-512 kernels where the processor has them; and not to start threads of its
/// own. Linking it would leave no time for either.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// c = alpha · op(a) · op(b) + beta · c, row-major, of single precision numbers; see cblas_sgemm.
typedef void (*COpenBLASGemm)(int transposesA, int transposesB, int rows, int columns, int depth, float alpha,
                              const float *a, int aStride, const float *b, int bStride, float beta, float *c,
                              int cStride);

/// NULL where the library is not installed. `hasAVX512` says which kernels to ask for, unless the environment variable
/// OPENBLAS_CORETYPE does. Not thread safe: to be called once.
COpenBLASGemm copenblas_load(int hasAVX512);

/// What the library says about itself, such as its version and kernels; "" before it is loaded.
const char *copenblas_configuration(void);

#ifdef __cplusplus
}
#endif
