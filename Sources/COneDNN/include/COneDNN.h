#pragma once

#include <CKActivation.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Convolutions and matrix products of oneDNN behind one interface for its versions 2.6 (Debian 12) and 3.x (Debian 13),
// whose C interfaces differ: the description, the packing of weights, and the call. Defined where POSETRAIL_ONEDNN is.

/// Order of a tensor's elements in memory. Channels come in blocks of 8 or 16, the last one padded with zeros.
typedef enum { ODNN_NCHW, ODNN_NHWC, ODNN_BLOCKED8, ODNN_BLOCKED16 } odnn_layout;

typedef enum { ODNN_F32, ODNN_BF16 } odnn_type;

typedef struct {
  /// N, C, H, W.
  int64_t dims[4];
  odnn_layout layout;
  odnn_type type;
} odnn_tensor;

/// destination = activation(convolution(source) + bias + (adds ? destination : 0)).
typedef struct {
  odnn_tensor source, destination;
  int64_t kernel[2], strides[2], dilations[2];
  /// top, left, bottom, right.
  int64_t padding[4];
  int64_t groups;
  bool has_bias, adds;
  CKActivation activation;
} odnn_convolution;

/// A convolution prepared for the threads that the creating thread had; immutable, so threads may share it.
typedef struct odnn_primitive odnn_primitive;
/// A primitive tied to memory; one thread at a time.
typedef struct odnn_call odnn_call;

typedef struct {
  const void *source, *weights;
  const float *bias;
  void *destination, *scratch;
} odnn_memories;

/// The library's version, as in 2.6.3.
const char *odnn_version(void);

/// The number of threads of what this thread creates and runs from now on.
void odnn_set_threads(int threads);

/// Calls `work` for each of `parts` parts on oneDNN's own threads, the calling thread among them.
void odnn_parallel(int parts, void (*work)(void *context, int part, int parts), void *context);

/// Whether oneDNN applies such an activation to results before it stores them.
bool odnn_has_activation(CKActivationKind kind);

/// NULL, with the reason in `message`, where the library has no such convolution.
odnn_primitive *odnn_create(const odnn_convolution *convolution, const char **message);
void odnn_destroy(odnn_primitive *primitive);
/// The library's name of the kernel.
const char *odnn_kernel(const odnn_primitive *primitive);
size_t odnn_weights_size(const odnn_primitive *primitive);
size_t odnn_scratch_size(const odnn_primitive *primitive);
/// Whether weights packed for one serve the other.
bool odnn_shares_weights(const odnn_primitive *a, const odnn_primitive *b);
/// `plain`: float32 in the order (groups ·) O/groups, I/groups, kH, kW. Returns whether it worked.
bool odnn_pack_weights(const odnn_primitive *primitive, const float *plain, void *packed);

odnn_call *odnn_bind(const odnn_primitive *primitive, const odnn_memories *memories);
void odnn_release(odnn_call *call);
/// Returns whether it worked.
bool odnn_run(const odnn_call *call);
/// The same with another source, for sources whose address is not known before.
bool odnn_run_from(const odnn_call *call, const void *source);

/// c (m × n) = alpha · op(a) · op(b) + beta · c, row-major.
bool odnn_multiply(
    bool transposes_a, bool transposes_b, int64_t m, int64_t n, int64_t k, float alpha, const float *a, int64_t lda,
    const float *b, int64_t ldb, float beta, float *c, int64_t ldc);
