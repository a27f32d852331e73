#ifdef POSETRAIL_ONEDNN

#include "Descriptions.h"

#include <stdlib.h>

/// Groups come as a dimension of their own.
static odnn_description describe_weights(const odnn_convolution *convolution, bool plain) {
  const odnn_convolution *c = convolution;
  const int64_t outputs = c->destination.dims[1] / c->groups, inputs = c->source.dims[1] / c->groups;
  const dnnl_data_type_t type = plain ? dnnl_f32 : odnn_data_type(c->source.type);
  if (c->groups == 1) {
    const dnnl_dims_t dims = {outputs, inputs, c->kernel[0], c->kernel[1]};
    return odnn_describe(4, dims, type, plain ? dnnl_oihw : dnnl_format_tag_any);
  }
  const dnnl_dims_t dims = {c->groups, outputs, inputs, c->kernel[0], c->kernel[1]};
  return odnn_describe(5, dims, type, plain ? dnnl_goihw : dnnl_format_tag_any);
}

static odnn_description describe_tensor(const odnn_tensor *tensor) {
  static const dnnl_format_tag_t tags[] = {dnnl_nchw, dnnl_nhwc, dnnl_nChw8c, dnnl_nChw16c};
  return odnn_describe(4, tensor->dims, odnn_data_type(tensor->type), tags[tensor->layout]);
}

static dnnl_status_t append_operations(dnnl_post_ops_t operations, const odnn_convolution *convolution) {
  if (convolution->adds) {
    const dnnl_status_t status = odnn_append_sum(operations);
    if (status != dnnl_success) return status;
  }
  if (convolution->activation.kind == CKActivationIdentity) return dnnl_success;
  return odnn_append_activation(operations, convolution->activation);
}

/// What follows the products, with scratch memory of the caller's; NULL where there is no memory.
static dnnl_primitive_attr_t make_attributes(const odnn_convolution *convolution) {
  dnnl_primitive_attr_t attributes = NULL;
  dnnl_post_ops_t operations = NULL;
  const bool worked = dnnl_primitive_attr_create(&attributes) == dnnl_success
                      && dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user) == dnnl_success
                      && dnnl_post_ops_create(&operations) == dnnl_success
                      && append_operations(operations, convolution) == dnnl_success
                      && dnnl_primitive_attr_set_post_ops(attributes, operations) == dnnl_success;
  if (operations) dnnl_post_ops_destroy(operations);
  if (worked) return attributes;
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  return NULL;
}

odnn_primitive *odnn_create(const odnn_convolution *convolution, const char **message) {
  const odnn_convolution *c = convolution;
  odnn_description source = describe_tensor(&c->source), destination = describe_tensor(&c->destination);
  odnn_description weights = describe_weights(c, false);
  const dnnl_dims_t bias_dims = {c->destination.dims[1]};
  odnn_description bias = odnn_describe(1, bias_dims, dnnl_f32, dnnl_a);
  dnnl_primitive_attr_t attributes = make_attributes(c);
  odnn_primitive *primitive = calloc(1, sizeof *primitive);
  dnnl_status_t status = primitive && attributes ? dnnl_success : dnnl_out_of_memory;
  if (status == dnnl_success) {
    const dnnl_dims_t dilations = {c->dilations[0] - 1, c->dilations[1] - 1};
    const dnnl_dims_t begin = {c->padding[0], c->padding[1]}, end = {c->padding[2], c->padding[3]};
    status = odnn_describe_convolution(
        &primitive->description, &source, &weights, c->has_bias ? &bias : NULL, &destination,
        c->strides, dilations, begin, end, attributes);
  }
  if (status == dnnl_success) {
    primitive->plain_weights = describe_weights(c, true);
    status = dnnl_primitive_create(&primitive->handle, primitive->description);
  }
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  odnn_forget(&source);
  odnn_forget(&destination);
  odnn_forget(&weights);
  odnn_forget(&bias);
  if (status == dnnl_success) return primitive;
  *message = status == dnnl_unimplemented    ? "oneDNN has no kernel for this convolution"
             : status == dnnl_out_of_memory ? "out of memory"
                                            : "oneDNN refuses the convolution's arguments";
  odnn_destroy(primitive);
  return NULL;
}

void odnn_destroy(odnn_primitive *primitive) {
  if (!primitive) return;
  if (primitive->handle) dnnl_primitive_destroy(primitive->handle);
  if (primitive->description) dnnl_primitive_desc_destroy(primitive->description);
  odnn_forget(&primitive->plain_weights);
  free(primitive);
}

const char *odnn_kernel(const odnn_primitive *primitive) {
  const char *name = "";
  dnnl_primitive_desc_query(primitive->description, dnnl_query_impl_info_str, 0, (void *)&name);
  return name;
}

size_t odnn_weights_size(const odnn_primitive *primitive) {
  return dnnl_memory_desc_get_size(odnn_query(primitive, dnnl_query_weights_md, 0));
}

size_t odnn_scratch_size(const odnn_primitive *primitive) {
  return dnnl_memory_desc_get_size(odnn_query(primitive, dnnl_query_scratchpad_md, 0));
}

bool odnn_shares_weights(const odnn_primitive *a, const odnn_primitive *b) {
  return dnnl_memory_desc_equal(odnn_query(a, dnnl_query_weights_md, 0), odnn_query(b, dnnl_query_weights_md, 0));
}

bool odnn_pack_weights(const odnn_primitive *primitive, const float *plain, void *packed) {
  const odnn_md weights = odnn_query(primitive, dnnl_query_weights_md, 0);
  const dnnl_engine_t engine = odnn_engine();
  dnnl_primitive_desc_t description = NULL;
  dnnl_primitive_t reorder = NULL;
  dnnl_memory_t from = NULL, to = NULL;
  dnnl_stream_t stream = NULL;
  bool worked = dnnl_reorder_primitive_desc_create(
                    &description, odnn_md_of(&primitive->plain_weights), engine, weights, engine, NULL) == dnnl_success
                && dnnl_primitive_create(&reorder, description) == dnnl_success
                && dnnl_memory_create(&from, odnn_md_of(&primitive->plain_weights), engine, (void *)plain) == dnnl_success
                && dnnl_memory_create(&to, weights, engine, packed) == dnnl_success
                && dnnl_stream_create(&stream, engine, dnnl_stream_default_flags) == dnnl_success;
  if (worked) {
    const dnnl_exec_arg_t arguments[] = {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}};
    worked = dnnl_primitive_execute(reorder, stream, 2, arguments) == dnnl_success
             && dnnl_stream_wait(stream) == dnnl_success;
  }
  if (stream) dnnl_stream_destroy(stream);
  if (to) dnnl_memory_destroy(to);
  if (from) dnnl_memory_destroy(from);
  if (reorder) dnnl_primitive_destroy(reorder);
  if (description) dnnl_primitive_desc_destroy(description);
  return worked;
}

#endif
