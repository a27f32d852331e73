/// OpenBLAS, loaded when it is first needed.
///
/// The library chooses its kernels while it is being loaded and takes processors newer than itself for old ones, so it
/// is told here, before that, to use its AVX-512 kernels where the processor has them; and not to start threads of its
/// own. Linking it would leave no time for either.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// Loads the library; 0 where it is not installed. `hasAVX512` says which kernels to ask for, unless the environment
/// variable OPENBLAS_CORETYPE does. To be called once, before the next function.
int copenblas_load(int hasAVX512);

/// c = alpha · op(a) · op(b) + beta · c, row-major, of single precision numbers; see cblas_sgemm.
void copenblas_sgemm(int transposesA, int transposesB, int rows, int columns, int depth, float alpha, const float *a,
                     int aStride, const float *b, int bStride, float beta, float *c, int cStride);

/// What the library says about itself, such as its version and kernels; "" before it is loaded.
const char *copenblas_configuration(void);

#ifdef __cplusplus
}
#endif
