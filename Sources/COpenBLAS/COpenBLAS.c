#include "COpenBLAS.h"

#include <cblas.h>
#include <dlfcn.h>

static void (*sgemm)(enum CBLAS_ORDER, enum CBLAS_TRANSPOSE, enum CBLAS_TRANSPOSE, blasint, blasint, blasint, float,
                     const float *, blasint, const float *, blasint, float, float *, blasint);

void copenblas_sgemm(int transposesA, int transposesB, int rows, int columns, int depth, float alpha, const float *a,
                     int aStride, const float *b, int bStride, float beta, float *c, int cStride) {
  sgemm(CblasRowMajor, transposesA ? CblasTrans : CblasNoTrans, transposesB ? CblasTrans : CblasNoTrans, rows, columns,
        depth, alpha, a, aStride, b, bStride, beta, c, cStride);
}

static char *(*get_config)(void);

const char *copenblas_configuration(void) { return get_config ? get_config() : 0; }

const char *copenblas_load(void) {
  void *library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
  if (!library) return dlerror();
  void (*set_num_threads)(int);
  *(void **)&sgemm = dlsym(library, "cblas_sgemm");
  *(void **)&set_num_threads = dlsym(library, "openblas_set_num_threads");
  *(void **)&get_config = dlsym(library, "openblas_get_config");
  if (!sgemm || !set_num_threads) return "libopenblas.so.0 lacks cblas_sgemm or openblas_set_num_threads";
  set_num_threads(1);
  return 0;
}
