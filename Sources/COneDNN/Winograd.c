#include "COneDNN.h"
#include "WinogradShape.h"

#include <string.h>

static int64_t blocks_of(int64_t channels, int64_t block) { return (channels + block - 1) / block; }

int64_t winograd_weights_count(winograd_kind kind, int64_t inputs, int64_t outputs) {
  const int64_t block = blocked_kernels_here()->block, kernel = winograd_shape_of(kind).kernel;
  return kernel * kernel * blocks_of(inputs, block) * block * blocks_of(outputs, 2 * block) * 2 * block;
}

// Pairs of blocks of outputs × inputs × taps × outputs of the pair.
void winograd_pack(winograd_kind kind, int64_t inputs, int64_t outputs, const float *plain, float *packed) {
  const int64_t pair = 2 * blocked_kernels_here()->block, kernel = winograd_shape_of(kind).kernel, taps = kernel * kernel;
  const int64_t padded = blocks_of(inputs, pair / 2) * pair / 2;
  memset(packed, 0, winograd_weights_count(kind, inputs, outputs) * sizeof *packed);
  for (int64_t output = 0; output < outputs; output++) {
    float *to = packed + output / pair * padded * taps * pair + output % pair;
    for (int64_t i = 0; i < inputs * taps; i++) to[i * pair] = plain[output * inputs * taps + i];
  }
}

int64_t winograd_scratch_count(const winograd_problem *problem, int64_t threads) {
  const blocked_kernels *kernels = blocked_kernels_here();
  int64_t largest = 0;
  for (int64_t thread = 0; thread < threads; thread++) {
    const int64_t count = kernels->winograd_scratch(problem, thread, threads);
    if (count > largest) largest = count;
  }
  return threads * largest;
}

typedef struct {
  const winograd_problem *problem;
  const float *source, *weights, *bias;
  float *result, *scratch;
} winograd_work;

static void run_part(void *context, int part, int parts) {
  const winograd_work *w = context;
  float *scratch = w->scratch + part * (winograd_scratch_count(w->problem, parts) / parts);
  blocked_kernels_here()->winograd(w->problem, w->source, w->weights, w->bias, w->result, scratch, part, parts);
}

void winograd_run(
    const winograd_problem *problem, const float *source, const float *weights, const float *bias, float *result,
    float *scratch, int64_t threads) {
  winograd_work work = {problem, source, weights, bias, result, scratch};
  odnn_parallel((int)threads, run_part, &work);
}
