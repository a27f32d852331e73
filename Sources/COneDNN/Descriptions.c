#ifdef POSETRAIL_ONEDNN

#include "Descriptions.h"

#include <pthread.h>

static dnnl_engine_t engine;
static pthread_once_t engine_once = PTHREAD_ONCE_INIT;
static void make_engine(void) { dnnl_engine_create(&engine, dnnl_cpu, 0); }

dnnl_engine_t odnn_engine(void) {
  pthread_once(&engine_once, make_engine);
  return engine;
}

int odnn_version(void) {
  const dnnl_version_t *version = dnnl_version();
  return version->major * 100 + version->minor;
}

#if DNNL_VERSION_MAJOR >= 3

odnn_description odnn_describe(int rank, const dnnl_dims_t dims, dnnl_data_type_t type, dnnl_format_tag_t tag) {
  odnn_description description = {NULL};
  dnnl_memory_desc_create_with_tag(&description.value, rank, dims, type, tag);
  return description;
}

void odnn_forget(odnn_description *description) {
  if (description->value) dnnl_memory_desc_destroy(description->value);
}

void odnn_append_sum(dnnl_post_ops_t operations) {
  dnnl_post_ops_append_sum(operations, 1, 0, dnnl_data_type_undef);
}

static void append_eltwise(dnnl_post_ops_t operations, dnnl_alg_kind_t kind, float alpha, float beta) {
  dnnl_post_ops_append_eltwise(operations, kind, alpha, beta);
}

dnnl_status_t odnn_describe_convolution(
    dnnl_primitive_desc_t *result, const odnn_description *source,
    const odnn_description *weights, const odnn_description *bias, const odnn_description *destination,
    const dnnl_dims_t strides, const dnnl_dims_t dilations, const dnnl_dims_t begin, const dnnl_dims_t end,
    const_dnnl_primitive_attr_t attributes) {
  return dnnl_convolution_forward_primitive_desc_create(
      result, odnn_engine(), dnnl_forward_inference, dnnl_convolution_direct, source->value, weights->value,
      bias ? bias->value : NULL, destination->value, strides, dilations, begin, end, attributes);
}

#else

odnn_description odnn_describe(int rank, const dnnl_dims_t dims, dnnl_data_type_t type, dnnl_format_tag_t tag) {
  odnn_description description = {{0}};
  dnnl_memory_desc_init_by_tag(&description.value, rank, dims, type, tag);
  return description;
}

void odnn_forget(odnn_description *description) { (void)description; }

void odnn_append_sum(dnnl_post_ops_t operations) { dnnl_post_ops_append_sum(operations, 1); }

static void append_eltwise(dnnl_post_ops_t operations, dnnl_alg_kind_t kind, float alpha, float beta) {
  dnnl_post_ops_append_eltwise(operations, 1, kind, alpha, beta);
}

dnnl_status_t odnn_describe_convolution(
    dnnl_primitive_desc_t *result, const odnn_description *source,
    const odnn_description *weights, const odnn_description *bias, const odnn_description *destination,
    const dnnl_dims_t strides, const dnnl_dims_t dilations, const dnnl_dims_t begin, const dnnl_dims_t end,
    const_dnnl_primitive_attr_t attributes) {
  dnnl_convolution_desc_t description;
  const dnnl_status_t status = dnnl_dilated_convolution_forward_desc_init(
      &description, dnnl_forward_inference, dnnl_convolution_direct, &source->value, &weights->value, bias ? &bias->value : NULL,
      &destination->value, strides, dilations, begin, end);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(result, &description, attributes, odnn_engine(), NULL);
}

#endif

void odnn_append_function(dnnl_post_ops_t operations, odnn_function function, float alpha, float beta) {
  // 3.x generalised hard swish to x · clip(alpha · x + beta, 0, 1).
  const bool general = DNNL_VERSION_MAJOR >= 3;
  switch (function) {
    case ODNN_IDENTITY: return;
    case ODNN_RELU: return append_eltwise(operations, dnnl_eltwise_relu, alpha, 0);
    case ODNN_CLIP: return append_eltwise(operations, dnnl_eltwise_clip, alpha, beta);
    case ODNN_SIGMOID: return append_eltwise(operations, dnnl_eltwise_logistic, 0, 0);
    case ODNN_HARD_SWISH:
      return append_eltwise(operations, dnnl_eltwise_hardswish, general ? 1.f / 6 : 0, general ? 0.5f : 0);
    case ODNN_SILU: return append_eltwise(operations, dnnl_eltwise_swish, 1, 0);
    case ODNN_GELU_ERF: return append_eltwise(operations, dnnl_eltwise_gelu_erf, 0, 0);
    case ODNN_GELU_TANH: return append_eltwise(operations, dnnl_eltwise_gelu_tanh, 0, 0);
    case ODNN_ELU: return append_eltwise(operations, dnnl_eltwise_elu, alpha, 0);
    case ODNN_TANH: return append_eltwise(operations, dnnl_eltwise_tanh, 0, 0);
  }
}

#endif
