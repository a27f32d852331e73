// Shared layout of the renderer's buffers; renderer.py mirrors it through ctypes.
#pragma once
#include <stdint.h>

typedef struct { float x, y, z; } Vec;

// An indexed triangle mesh in world space (metres, y up). `rest` is the position in the rest pose, which
// procedural materials are anchored to; `material` and `owner` hold one entry a triangle.
typedef struct {
  int32_t vertices, triangles;
  const Vec *position, *normal, *rest, *albedo;
  const int32_t *index;
  const uint8_t *material;
  const uint8_t *owner;
} Mesh;

// Rows of an affine map from world to (column, row, depth) of a square depth map.
typedef struct {
  float row[3][4];
  Vec toLight;
  Vec radiance;
  int32_t size;
  float bias;
  float spread;  // radius of the filter in texels
  float *depth;
} Light;

enum { skin, cloth, stripes, plaid, denim, leather, hair, eye, paving, brick, glass, paint };
