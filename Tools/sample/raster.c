// Visibility: which triangle each sample of the picture, or each texel of a depth map, sees first.
#include <math.h>
#include <stddef.h>
#include "raster.h"

static inline float edge(float ax, float ay, float bx, float by, float px, float py) {
  return (bx - ax) * (py - ay) - (by - ay) * (px - ax);
}

void vertex_normals(int32_t vertices, const Vec *p, int32_t triangles, const int32_t *index, Vec *n) {
  for (int32_t i = 0; i < vertices; i++) n[i] = (Vec){0, 0, 0};
  for (int32_t t = 0; t < triangles; t++) {
    const int32_t *v = index + 3 * t;
    Vec a = p[v[0]], b = p[v[1]], c = p[v[2]];
    Vec u = {b.x - a.x, b.y - a.y, b.z - a.z}, w = {c.x - a.x, c.y - a.y, c.z - a.z};
    Vec cross = {u.y * w.z - u.z * w.y, u.z * w.x - u.x * w.z, u.x * w.y - u.y * w.x};
    for (int k = 0; k < 3; k++) {
      n[v[k]].x += cross.x; n[v[k]].y += cross.y; n[v[k]].z += cross.z;
    }
  }
  for (int32_t i = 0; i < vertices; i++) {
    float length = sqrtf(n[i].x * n[i].x + n[i].y * n[i].y + n[i].z * n[i].z) + 1e-20f;
    n[i].x /= length; n[i].y /= length; n[i].z /= length;
  }
}

// Draws triangle corners given as (column, row, inverse depth); larger inverse depth is nearer. Pixel centres
// are at integer coordinates.
static void fill(const float s[3][3], int width, int height, float *nearest, int32_t *ids, int32_t id) {
  float area = edge(s[0][0], s[0][1], s[1][0], s[1][1], s[2][0], s[2][1]);
  if (area == 0) return;
  float left = fminf(s[0][0], fminf(s[1][0], s[2][0])), right = fmaxf(s[0][0], fmaxf(s[1][0], s[2][0]));
  float top = fminf(s[0][1], fminf(s[1][1], s[2][1])), bottom = fmaxf(s[0][1], fmaxf(s[1][1], s[2][1]));
  if (right < 0 || bottom < 0 || left > width - 1 || top > height - 1) return;
  int x0 = (int)ceilf(fmaxf(left, 0)), x1 = (int)floorf(fminf(right, width - 1));
  int y0 = (int)ceilf(fmaxf(top, 0)), y1 = (int)floorf(fminf(bottom, height - 1));
  for (int y = y0; y <= y1; y++)
    for (int x = x0; x <= x1; x++) {
      float a = edge(s[1][0], s[1][1], s[2][0], s[2][1], x, y) / area;
      float b = edge(s[2][0], s[2][1], s[0][0], s[0][1], x, y) / area;
      float c = 1 - a - b;
      if (a < 0 || b < 0 || c < 0) continue;
      float value = a * s[0][2] + b * s[1][2] + c * s[2][2];
      ptrdiff_t at = (ptrdiff_t)y * width + x;
      if (value > nearest[at]) {
        nearest[at] = value;
        if (ids) ids[at] = id;
      }
    }
}

// `view` maps the world to camera axes (x right, y down, z forward); `f`, `cx`, `cy` in samples. `only` >= 0
// draws the triangles of that owner alone. Triangles that reach behind the near plane are left out.
void rasterize(const Mesh *mesh, const float view[3][4], float f, float cx, float cy, int width, int height,
               int only, float *nearest, int32_t *ids) {
  for (ptrdiff_t i = 0; i < (ptrdiff_t)width * height; i++) { nearest[i] = 0; ids[i] = -1; }
  for (int32_t t = 0; t < mesh->triangles; t++) {
    if (only >= 0 && mesh->owner[t] != only) continue;
    float s[3][3];
    int visible = 1;
    for (int k = 0; k < 3 && visible; k++) {
      Vec p = mesh->position[mesh->index[3 * t + k]];
      float c[3];
      for (int r = 0; r < 3; r++) c[r] = view[r][0] * p.x + view[r][1] * p.y + view[r][2] * p.z + view[r][3];
      if (c[2] < 0.2f) { visible = 0; break; }
      s[k][0] = f * c[0] / c[2] + cx;
      s[k][1] = f * c[1] / c[2] + cy;
      s[k][2] = 1 / c[2];
    }
    if (visible) fill(s, width, height, nearest, ids, t);
  }
}

// Fills a light's depth map with the people (owner < 255). Larger values are nearer to the light.
void cast_shadows(const Mesh *mesh, Light *light) {
  int n = light->size;
  for (ptrdiff_t i = 0; i < (ptrdiff_t)n * n; i++) light->depth[i] = -1e9f;
  for (int32_t t = 0; t < mesh->triangles; t++) {
    if (mesh->owner[t] == 255) continue;
    float s[3][3];
    for (int k = 0; k < 3; k++) {
      Vec p = mesh->position[mesh->index[3 * t + k]];
      for (int r = 0; r < 3; r++)
        s[k][r] = light->row[r][0] * p.x + light->row[r][1] * p.y + light->row[r][2] * p.z + light->row[r][3];
    }
    fill(s, n, n, light->depth, NULL, 0);
  }
}
