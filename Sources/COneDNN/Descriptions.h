#pragma once

#include "COneDNN.h"

#include <oneapi/dnnl/dnnl.h>

// What differs between oneDNN 2.x and 3.x. In 2.x a memory description is a value and a convolution is described twice
// (operation, then primitive); in 3.x a memory description is an object to destroy and there is one call.

#if DNNL_VERSION_MAJOR >= 3
typedef const_dnnl_memory_desc_t odnn_md;
typedef struct {
  dnnl_memory_desc_t value;
} odnn_description;
static inline odnn_md odnn_md_of(const odnn_description *description) { return description->value; }
#else
typedef const dnnl_memory_desc_t *odnn_md;
typedef struct {
  dnnl_memory_desc_t value;
} odnn_description;
static inline odnn_md odnn_md_of(const odnn_description *description) { return &description->value; }
#endif

struct odnn_primitive {
  dnnl_primitive_desc_t description;
  dnnl_primitive_t handle;
  odnn_description plain_weights;
};

static inline dnnl_data_type_t odnn_data_type(odnn_type type) { return type == ODNN_BF16 ? dnnl_bf16 : dnnl_f32; }

static inline odnn_md odnn_query(const odnn_primitive *primitive, dnnl_query_t query, int index) {
  return dnnl_primitive_desc_query_md(primitive->description, query, index);
}

/// The processor, made once and kept for the life of the process.
dnnl_engine_t odnn_engine(void);

odnn_description odnn_describe(int rank, const dnnl_dims_t dims, dnnl_data_type_t type, dnnl_format_tag_t tag);
void odnn_forget(odnn_description *description);
dnnl_status_t odnn_append_sum(dnnl_post_ops_t operations);
dnnl_status_t odnn_append_activation(dnnl_post_ops_t operations, CKActivation activation);

dnnl_status_t odnn_describe_convolution(
    dnnl_primitive_desc_t *result, const odnn_description *source,
    const odnn_description *weights, const odnn_description *bias, const odnn_description *destination,
    const dnnl_dims_t strides, const dnnl_dims_t dilations, const dnnl_dims_t begin, const dnnl_dims_t end,
    const_dnnl_primitive_attr_t attributes);
