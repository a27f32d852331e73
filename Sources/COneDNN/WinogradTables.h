#pragma once

#include "Winograd.h"

// Of the points at which the polynomials are evaluated (0, 1, -1, 2, -2 and infinity, as many as the size takes) follow
// the three transforms of Cook and Toom: `data` (size × size) for the source, `kernel` (size × r) for the weights,
// `back` (m × size) for the results.

enum { WINOGRAD_LARGEST = 6 };

static const float winograd_4_3_data[6][6] = {
    {4, 0, -5, 0, 1, 0}, {0, -4, -4, 1, 1, 0}, {0, 4, -4, -1, 1, 0},
    {0, -2, -1, 2, 1, 0}, {0, 2, -1, -2, 1, 0}, {0, 4, 0, -5, 0, 1},
};
static const double winograd_4_3_kernel[6][3] = {
    {1. / 4, 0, 0},           {-1. / 6, -1. / 6, -1. / 6}, {-1. / 6, 1. / 6, -1. / 6},
    {1. / 24, 1. / 12, 1. / 6}, {1. / 24, -1. / 12, 1. / 6}, {0, 0, 1},
};
static const float winograd_4_3_back[4][6] = {
    {1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1},
};

static const float winograd_2_3_data[4][4] = {{-1, 0, 1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, -1, 0, 1}};
static const double winograd_2_3_kernel[4][3] = {{-1, 0, 0}, {.5, .5, .5}, {.5, -.5, .5}, {0, 0, 1}};
static const float winograd_2_3_back[2][4] = {{1, 1, 1, 0}, {0, 1, -1, 1}};

static const float winograd_4_2_data[5][5] = {
    {2, -1, -2, 1, 0}, {0, -2, -1, 1, 0}, {0, 2, -3, 1, 0}, {0, -1, 0, 1, 0}, {0, 2, -1, -2, 1},
};
static const double winograd_4_2_kernel[5][2] = {{1. / 2, 0}, {-1. / 2, -1. / 2}, {-1. / 6, 1. / 6}, {1. / 6, 1. / 3}, {0, 1}};
static const float winograd_4_2_back[4][5] = {{1, 1, 1, 1, 0}, {0, 1, -1, 2, 0}, {0, 1, 1, 4, 0}, {0, 1, -1, 8, 1}};

typedef struct {
  /// Points, results of a tile, kernel; along one axis.
  int64_t size, results, kernel;
  const double *weights;
} winograd_shape;

static inline winograd_shape winograd_shape_of(winograd_kind kind) {
  switch (kind) {
    case WINOGRAD_4_3: return (winograd_shape){6, 4, 3, winograd_4_3_kernel[0]};
    case WINOGRAD_2_3: return (winograd_shape){4, 2, 3, winograd_2_3_kernel[0]};
    case WINOGRAD_4_2: return (winograd_shape){5, 4, 2, winograd_4_2_kernel[0]};
  }
}
