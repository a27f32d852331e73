#ifdef POSETRAIL_ONEDNN

#include "Descriptions.h"

#include <pthread.h>
#include <stdio.h>

static dnnl_engine_t engine;
static pthread_once_t engine_once = PTHREAD_ONCE_INIT;
static void make_engine(void) { dnnl_engine_create(&engine, dnnl_cpu, 0); }

dnnl_engine_t odnn_engine(void) {
  pthread_once(&engine_once, make_engine);
  return engine;
}

static char version[40];
static pthread_once_t version_once = PTHREAD_ONCE_INIT;
static void find_version(void) {
  const dnnl_version_t *found = dnnl_version();
  snprintf(version, sizeof version, "%d.%d.%d", found->major, found->minor, found->patch);
}

const char *odnn_version(void) {
  pthread_once(&version_once, find_version);
  return version;
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

dnnl_status_t odnn_append_sum(dnnl_post_ops_t operations) {
  return dnnl_post_ops_append_sum(operations, 1, 0, dnnl_data_type_undef);
}

static dnnl_status_t append_eltwise(dnnl_post_ops_t operations, dnnl_alg_kind_t kind, float alpha, float beta) {
  return dnnl_post_ops_append_eltwise(operations, kind, alpha, beta);
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

dnnl_status_t odnn_append_sum(dnnl_post_ops_t operations) { return dnnl_post_ops_append_sum(operations, 1); }

static dnnl_status_t append_eltwise(dnnl_post_ops_t operations, dnnl_alg_kind_t kind, float alpha, float beta) {
  return dnnl_post_ops_append_eltwise(operations, 1, kind, alpha, beta);
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

/// What the library calls an activation; undefined where it has none of the kind.
static dnnl_alg_kind_t algorithm_of(CKActivationKind kind) {
  switch (kind) {
    case CKActivationRelu:
    case CKActivationLeakyRelu: return dnnl_eltwise_relu;
    case CKActivationClip: return dnnl_eltwise_clip;
    case CKActivationSigmoid: return dnnl_eltwise_logistic;
    case CKActivationHardSwish: return dnnl_eltwise_hardswish;
    case CKActivationSilu: return dnnl_eltwise_swish;
    case CKActivationGeluErf: return dnnl_eltwise_gelu_erf;
    case CKActivationGeluTanh: return dnnl_eltwise_gelu_tanh;
    case CKActivationElu: return dnnl_eltwise_elu;
    case CKActivationTanh: return dnnl_eltwise_tanh;
    case CKActivationIdentity:
    case CKActivationHardSigmoid:
    case CKActivationSoftplus:
    case CKActivationMish: return dnnl_alg_kind_undef;
  }
}

bool odnn_has_activation(CKActivationKind kind) {
  return kind == CKActivationIdentity || algorithm_of(kind) != dnnl_alg_kind_undef;
}

dnnl_status_t odnn_append_activation(dnnl_post_ops_t operations, CKActivation activation) {
  float alpha = activation.a, beta = activation.b;
  if (activation.kind == CKActivationSilu) alpha = 1;
  if (activation.kind == CKActivationHardSwish && DNNL_VERSION_MAJOR >= 3) {
    // 3.x generalised it to x · clip(alpha · x + beta, 0, 1).
    alpha = 1.f / 6;
    beta = 0.5f;
  }
  return append_eltwise(operations, algorithm_of(activation.kind), alpha, beta);
}

#endif
