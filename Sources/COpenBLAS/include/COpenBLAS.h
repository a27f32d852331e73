/// OpenBLAS, loaded when it is first needed.
///
/// The library chooses its kernels and starts its threads while it is being loaded, by what it finds in the environment
/// then. Linking it would leave no time to settle that.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// Loads the library and tells it to compute on the calling thread alone. Returns NULL, or else what is wrong. To be called
/// once, before the next function.
const char *copenblas_load(void);

/// What the loaded library says of itself, such as "OpenBLAS 0.3.21 …"; NULL where it says nothing.
const char *copenblas_configuration(void);

/// c = alpha · op(a) · op(b) + beta · c, row-major, of single precision numbers; see cblas_sgemm.
void copenblas_sgemm(int transposesA, int transposesB, int rows, int columns, int depth, float alpha, const float *a,
                     int aStride, const float *b, int bStride, float beta, float *c, int cStride);

#ifdef __cplusplus
}
#endif
