#include "COneDNN.h"
#include "WinogradTables.h"

#include <string.h>

static int64_t blocks_of(int64_t channels, int64_t block) { return (channels + block - 1) / block; }

int64_t winograd_bias_count(int64_t outputs) {
  const int64_t block = blocked_kernels_here()->block;
  return blocks_of(outputs, block) * block;
}

int64_t winograd_weights_count(winograd_kind kind, int64_t inputs, int64_t outputs) {
  const int64_t block = blocked_kernels_here()->block, size = winograd_shape_of(kind).size;
  return size * size * blocks_of(inputs, block) * block * blocks_of(outputs, 2 * block) * 2 * block;
}

// Pairs of blocks of outputs × points × inputs × outputs of the pair.
void winograd_pack(winograd_kind kind, int64_t inputs, int64_t outputs, const float *plain, float *packed) {
  const winograd_shape shape = winograd_shape_of(kind);
  const int64_t pair = 2 * blocked_kernels_here()->block, points = shape.size * shape.size;
  const int64_t padded = blocks_of(inputs, pair / 2) * pair / 2;
  memset(packed, 0, winograd_weights_count(kind, inputs, outputs) * sizeof *packed);
  for (int64_t output = 0; output < outputs; output++) {
    for (int64_t input = 0; input < inputs; input++) {
      const float *kernel = plain + (output * inputs + input) * shape.kernel * shape.kernel;
      double half[WINOGRAD_LARGEST][3];
      for (int64_t i = 0; i < shape.size; i++) {
        for (int64_t column = 0; column < shape.kernel; column++) {
          half[i][column] = 0;
          for (int64_t row = 0; row < shape.kernel; row++)
            half[i][column] += shape.weights[i * shape.kernel + row] * kernel[row * shape.kernel + column];
        }
      }
      float *to = packed + (output / pair * points * padded + input) * pair + output % pair;
      for (int64_t i = 0; i < shape.size; i++) {
        for (int64_t j = 0; j < shape.size; j++) {
          double sum = 0;
          for (int64_t column = 0; column < shape.kernel; column++)
            sum += half[i][column] * shape.weights[j * shape.kernel + column];
          to[(i * shape.size + j) * padded * pair] = (float)sum;
        }
      }
    }
  }
}

int64_t winograd_scratch_count(winograd_kind kind, int64_t inputs, int64_t threads) {
  return threads * blocked_kernels_here()->winograd_scratch(kind, inputs);
}

typedef struct {
  const winograd_problem *problem;
  const float *source, *weights, *bias;
  float *result, *scratch;
} winograd_work;

static void run_part(void *context, int part, int parts) {
  const winograd_work *w = context;
  const blocked_kernels *kernels = blocked_kernels_here();
  float *scratch = w->scratch + part * kernels->winograd_scratch(w->problem->kind, w->problem->inputs);
  kernels->winograd(w->problem, w->source, w->weights, w->bias, w->result, scratch, part, parts);
}

void winograd_run(
    const winograd_problem *problem, const float *source, const float *weights, const float *bias, float *result,
    float *scratch, int64_t threads) {
  winograd_work work = {problem, source, weights, bias, result, scratch};
  odnn_parallel((int)threads, run_part, &work);
}
