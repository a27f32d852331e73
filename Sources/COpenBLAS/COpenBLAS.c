#define _GNU_SOURCE
#include "COpenBLAS.h"

#include <cblas.h>
#include <dlfcn.h>
#include <stdlib.h>

static void (*sgemm)(enum CBLAS_ORDER, enum CBLAS_TRANSPOSE, enum CBLAS_TRANSPOSE, blasint, blasint, blasint, float,
                     const float *, blasint, const float *, blasint, float, float *, blasint);
static char *(*get_config)(void);

void copenblas_sgemm(int transposesA, int transposesB, int rows, int columns, int depth, float alpha, const float *a,
                     int aStride, const float *b, int bStride, float beta, float *c, int cStride) {
  sgemm(CblasRowMajor, transposesA ? CblasTrans : CblasNoTrans, transposesB ? CblasTrans : CblasNoTrans, rows, columns,
        depth, alpha, a, aStride, b, bStride, beta, c, cStride);
}

int copenblas_load(int hasAVX512) {
  static const char *const names[] = {"libopenblas.so.0", "libopenblas.so"};
  if (hasAVX512) setenv("OPENBLAS_CORETYPE", "SkylakeX", 0);
  setenv("OPENBLAS_NUM_THREADS", "1", 0);
  for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
    void *library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!library) continue;
    *(void **)&sgemm = dlsym(library, "cblas_sgemm");
    *(void **)&get_config = dlsym(library, "openblas_get_config");
    void (*set_num_threads)(int);
    *(void **)&set_num_threads = dlsym(library, "openblas_set_num_threads");
    if (sgemm && set_num_threads) {
      set_num_threads(1);
      return 1;
    }
    dlclose(library);
  }
  return 0;
}

const char *copenblas_configuration(void) { return get_config ? get_config() : ""; }
