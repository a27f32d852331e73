#ifdef POSETRAIL_ONEDNN

#include "Descriptions.h"

#include <stdlib.h>

enum { SOURCE, WEIGHTS, DESTINATION, SCRATCH, BIAS, ARGUMENTS };

struct odnn_call {
  dnnl_primitive_t primitive;
  dnnl_stream_t stream;
  int count;
  dnnl_exec_arg_t arguments[ARGUMENTS];
};

odnn_call *odnn_bind(const odnn_primitive *primitive, const odnn_memories *memories) {
  odnn_call *call = calloc(1, sizeof *call);
  if (!call) return NULL;
  call->primitive = primitive->handle;
  const struct {
    int argument;
    dnnl_query_t query;
    int index;
    const void *handle;
  } wanted[ARGUMENTS] = {
      [SOURCE] = {DNNL_ARG_SRC, dnnl_query_src_md, 0, memories->source},
      [WEIGHTS] = {DNNL_ARG_WEIGHTS, dnnl_query_weights_md, 0, memories->weights},
      [DESTINATION] = {DNNL_ARG_DST, dnnl_query_dst_md, 0, memories->destination},
      [SCRATCH] = {DNNL_ARG_SCRATCHPAD, dnnl_query_scratchpad_md, 0, memories->scratch},
      [BIAS] = {DNNL_ARG_BIAS, dnnl_query_weights_md, 1, memories->bias},
  };
  const int count = memories->bias ? ARGUMENTS : BIAS;
  bool worked = dnnl_stream_create(&call->stream, odnn_engine(), dnnl_stream_default_flags) == dnnl_success;
  for (int i = 0; worked && i < count; i++) {
    call->arguments[i].arg = wanted[i].argument;
    const odnn_md description = odnn_query(primitive, wanted[i].query, wanted[i].index);
    worked = dnnl_memory_create(&call->arguments[i].memory, description, odnn_engine(), (void *)wanted[i].handle)
             == dnnl_success;
    if (worked) call->count++;
  }
  if (worked) return call;
  odnn_release(call);
  return NULL;
}

void odnn_release(odnn_call *call) {
  if (!call) return;
  for (int i = 0; i < call->count; i++) dnnl_memory_destroy(call->arguments[i].memory);
  if (call->stream) dnnl_stream_destroy(call->stream);
  free(call);
}

bool odnn_run(const odnn_call *call) {
  return dnnl_primitive_execute(call->primitive, call->stream, call->count, call->arguments) == dnnl_success
         && dnnl_stream_wait(call->stream) == dnnl_success;
}

bool odnn_run_from(const odnn_call *call, const void *source) {
  return dnnl_memory_set_data_handle(call->arguments[SOURCE].memory, (void *)source) == dnnl_success && odnn_run(call);
}

bool odnn_multiply(
    bool transposes_a, bool transposes_b, int64_t m, int64_t n, int64_t k, float alpha, const float *a, int64_t lda,
    const float *b, int64_t ldb, float beta, float *c, int64_t ldc) {
  return dnnl_sgemm(
             transposes_a ? 'T' : 'N', transposes_b ? 'T' : 'N', m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
         == dnnl_success;
}

#endif
