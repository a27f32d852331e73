#pragma once

#include "Winograd.h"

typedef struct {
  /// Points, results of a tile, kernel; along one axis.
  int64_t size, results, kernel;
} winograd_shape;

static inline winograd_shape winograd_shape_of(winograd_kind kind) {
  switch (kind) {
    case WINOGRAD_4_3: return (winograd_shape){6, 4, 3};
    case WINOGRAD_2_3: return (winograd_shape){4, 2, 3};
    case WINOGRAD_4_2: return (winograd_shape){5, 4, 2};
  }
}
