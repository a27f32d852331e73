// Colour: procedural materials under a sun and a sky of many directional lights with depth maps.
#include <math.h>
#include <stddef.h>
#include "raster.h"

static inline Vec add(Vec a, Vec b) { return (Vec){a.x + b.x, a.y + b.y, a.z + b.z}; }
static inline Vec scale(Vec a, float k) { return (Vec){a.x * k, a.y * k, a.z * k}; }
static inline Vec multiply(Vec a, Vec b) { return (Vec){a.x * b.x, a.y * b.y, a.z * b.z}; }
static inline float dot(Vec a, Vec b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
static inline Vec normalize(Vec a) { return scale(a, 1 / (sqrtf(dot(a, a)) + 1e-20f)); }
static inline float clamp(float v, float low, float high) { return v < low ? low : v > high ? high : v; }
static inline Vec mix(Vec a, Vec b, float t) { return add(scale(a, 1 - t), scale(b, t)); }

static inline float hash3(int x, int y, int z) {
  uint32_t h = (uint32_t)x * 0x8da6b343u ^ (uint32_t)y * 0xd8163841u ^ (uint32_t)z * 0xcb1ab31fu;
  h ^= h >> 15; h *= 0x2c1b3c6du; h ^= h >> 12; h *= 0x297a2d39u; h ^= h >> 15;
  return (h >> 8) * (1.0f / 16777216.0f);
}

// Value noise in 0…1 with a lattice of unit size.
static float noise(float x, float y, float z) {
  int i = (int)floorf(x), j = (int)floorf(y), k = (int)floorf(z);
  float u = x - i, v = y - j, w = z - k;
  u *= u * (3 - 2 * u); v *= v * (3 - 2 * v); w *= w * (3 - 2 * w);
  float sum = 0;
  for (int c = 0; c < 8; c++) {
    int dx = c & 1, dy = c >> 1 & 1, dz = c >> 2;
    sum += hash3(i + dx, j + dy, k + dz) * (dx ? u : 1 - u) * (dy ? v : 1 - v) * (dz ? w : 1 - w);
  }
  return sum;
}

typedef struct { Vec albedo, normal; float gloss, power; } Surface;

static void wrinkle(Surface *s, Vec r, float frequency, float amount) {
  float e = 0.25f, x = r.x * frequency, y = r.y * frequency * 0.6f, z = r.z * frequency;
  float here = noise(x, y, z);
  Vec slope = {noise(x + e, y, z) - here, noise(x, y + e, z) - here, noise(x, y, z + e) - here};
  s->normal = normalize(add(s->normal, scale(slope, -amount / e)));
}

static Surface surface(int material, Vec base, Vec p, Vec r, Vec n) {
  Surface s = {base, n, 0, 1};
  switch (material) {
  case skin:
    s.albedo = scale(base, 0.94f + 0.12f * noise(r.x * 60, r.y * 60, r.z * 60));
    s.gloss = 0.05f; s.power = 18;
    break;
  case cloth: case stripes: case plaid: case denim: {
    wrinkle(&s, r, material == denim ? 14 : 11, 0.32f);
    float weave = 0.9f + 0.2f * noise(r.x * 220, r.y * 220, r.z * 220);
    if (material == stripes && fmodf(r.y + 10, 0.09f) < 0.035f) s.albedo = (Vec){0.72f, 0.72f, 0.70f};
    if (material == plaid) {
      float a = fmodf(r.y + 10, 0.11f) < 0.045f, b = fmodf(r.x + 10, 0.10f) < 0.04f;
      s.albedo = scale(base, 1 - 0.33f * a - 0.33f * b);
    }
    if (material == denim) weave *= 0.8f + 0.4f * noise(r.x * 9, r.y * 5, r.z * 9);
    s.albedo = scale(s.albedo, weave);
    break;
  }
  case leather:
    s.gloss = 0.12f; s.power = 30;
    break;
  case hair: {
    float strand = noise(r.x * 170, r.y * 18, r.z * 170);
    s.albedo = scale(base, 0.55f + 0.9f * strand);
    wrinkle(&s, r, 30, 0.35f);
    s.gloss = 0.07f; s.power = 24;
    break;
  }
  case eye:
    s.gloss = 0.4f; s.power = 60;
    break;
  case paving: {
    float side = 0.6f, row = floorf(p.z / side);
    float u = p.x / side + 0.5f * fmodf(fabsf(row), 2), column = floorf(u);
    float du = u - column, dv = p.z / side - row;
    float tint = hash3((int)column, (int)row, 7);
    float grain = noise(p.x * 90, 3, p.z * 90), stain = noise(p.x * 1.1f, 5, p.z * 1.1f);
    s.albedo = scale(base, (0.86f + 0.2f * tint) * (0.88f + 0.24f * grain) * (0.8f + 0.35f * stain));
    if (fminf(fminf(du, 1 - du), fminf(dv, 1 - dv)) < 0.016f) s.albedo = scale(base, 0.45f);
    break;
  }
  case brick: {
    float row = floorf(p.y / 0.085f), u = p.x / 0.26f + 0.5f * fmodf(fabsf(row), 2), column = floorf(u);
    float du = (u - column) * 0.26f, dv = p.y - row * 0.085f;
    float tint = hash3((int)column, (int)row, 3), grain = noise(p.x * 60, p.y * 60, 1);
    s.albedo = scale(base, (0.75f + 0.5f * tint) * (0.85f + 0.3f * grain));
    if (du < 0.014f || dv < 0.014f) s.albedo = (Vec){0.42f, 0.40f, 0.37f};
    s.albedo = scale(s.albedo, 0.85f + 0.3f * noise(p.x * 0.7f, p.y * 0.7f, 2));
    break;
  }
  case glass:
    s.albedo = mix(base, (Vec){0.30f, 0.38f, 0.46f}, clamp(0.35f * noise(p.x * 0.9f + 0.6f * p.y, p.y * 0.8f, 4) + 0.2f * p.y - 0.2f, 0, 1));
    break;
  default:
    s.albedo = scale(base, 0.95f + 0.1f * noise(p.x * 20, p.y * 20, p.z * 20));
  }
  return s;
}

enum { taps = 64 };

// Points of a spiral that fills the unit disc evenly, in an order in which every few neighbours are spread out.
static void spiral(float points[taps][2]) {
  for (int i = 0; i < taps; i++) {
    float angle = 2.399963f * i, radius = sqrtf(((i * 27) % taps + 0.5f) / taps);
    points[i][0] = radius * cosf(angle);
    points[i][1] = radius * sinf(angle);
  }
}

// Part of the light that reaches `p`, from `count` taps of the spiral, turned by (cosine, sine).
static float visibility(const Light *l, Vec p, const float points[taps][2], int first, int count, float cosine,
                        float sine) {
  float c[3];
  for (int r = 0; r < 3; r++) c[r] = l->row[r][0] * p.x + l->row[r][1] * p.y + l->row[r][2] * p.z + l->row[r][3];
  int lit = 0;
  for (int i = 0; i < count; i++) {
    const float *t = points[(first + i) % taps];
    int x = (int)lrintf(c[0] + l->spread * (t[0] * cosine - t[1] * sine));
    int y = (int)lrintf(c[1] + l->spread * (t[0] * sine + t[1] * cosine));
    if (x < 0 || y < 0 || x >= l->size || y >= l->size)
      lit++;
    else
      lit += l->depth[(ptrdiff_t)y * l->size + x] <= c[2] + l->bias;
  }
  return (float)lit / count;
}

// Linear RGB radiance of every sample; where nothing was drawn, a sky that pales towards the horizon. What stands
// still and never lies in anyone's shadow (all of the stage but the paving) is taken from `plate`, unless that is NULL.
void shade(const Mesh *mesh, const float view[3][4], float f, float cx, float cy, int width, int height,
           const int32_t *ids, const Light *sun, const Light *sky, int skies, const Vec *plate,
           Vec *out) {
  float points[taps][2];
  spiral(points);
  Vec eyePoint;
  {
    float t[3];
    for (int k = 0; k < 3; k++) t[k] = -(view[0][k] * view[0][3] + view[1][k] * view[1][3] + view[2][k] * view[2][3]);
    eyePoint = (Vec){t[0], t[1], t[2]};
  }
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      ptrdiff_t at = (ptrdiff_t)y * width + x;
      float dx = (x - cx) / f, dy = (y - cy) / f;
      Vec ray = {view[0][0] * dx + view[1][0] * dy + view[2][0], view[0][1] * dx + view[1][1] * dy + view[2][1],
                 view[0][2] * dx + view[1][2] * dy + view[2][2]};
      if (ids[at] < 0) {
        out[at] = mix((Vec){0.80f, 0.86f, 0.92f}, (Vec){0.35f, 0.55f, 0.85f}, clamp(ray.y * 2.5f, 0, 1));
        continue;
      }
      if (plate && mesh->owner[ids[at]] == 255 && mesh->material[ids[at]] != paving) {
        out[at] = plate[at];
        continue;
      }
      const int32_t *v = mesh->index + 3 * ids[at];
      Vec a = mesh->position[v[0]], b = mesh->position[v[1]], c = mesh->position[v[2]];
      Vec e1 = add(b, scale(a, -1)), e2 = add(c, scale(a, -1)), o = add(eyePoint, scale(a, -1));
      Vec q = {ray.y * e2.z - ray.z * e2.y, ray.z * e2.x - ray.x * e2.z, ray.x * e2.y - ray.y * e2.x};
      float det = dot(e1, q);
      if (fabsf(det) < 1e-14f) det = 1e-14f;
      Vec w = {o.y * e1.z - o.z * e1.y, o.z * e1.x - o.x * e1.z, o.x * e1.y - o.y * e1.x};
      float u1 = clamp(dot(o, q) / det, 0, 1), u2 = clamp(dot(ray, w) / det, 0, 1), u0 = 1 - u1 - u2;
      #define ACROSS(field) add(add(scale(mesh->field[v[0]], u0), scale(mesh->field[v[1]], u1)), scale(mesh->field[v[2]], u2))
      Vec p = ACROSS(position), n = normalize(ACROSS(normal)), r = ACROSS(rest), base = ACROSS(albedo);
      int material = mesh->material[ids[at]];
      Vec toEye = normalize(scale(ray, -1));
      if (dot(n, toEye) < 0 && (material == hair || material == cloth)) n = scale(n, -1);
      Surface s = surface(material, base, p, r, n);
      Vec lifted = add(p, scale(n, 0.007f));
      float turn = 6.2831853f * hash3(x, y, 11), cosine = cosf(turn), sine = sinf(turn);

      float lambert = dot(s.normal, sun->toLight);
      float wrap = material == skin ? 0.25f : material == hair ? 0.15f : 0;
      lambert = clamp((lambert + wrap) / (1 + wrap), 0, 1);
      float lit = lambert > 0 ? visibility(sun, lifted, points, 0, 12, cosine, sine) : 0;
      Vec light = scale(sun->radiance, lambert * lit);
      Vec half = normalize(add(sun->toLight, toEye));
      float shine = s.gloss * powf(clamp(dot(s.normal, half), 0, 1), s.power) * lit * 2;
      for (int i = 0; i < skies; i++) {
        float facing = dot(s.normal, sky[i].toLight);
        if (facing <= 0) continue;
        light = add(light, scale(sky[i].radiance, facing * visibility(&sky[i], lifted, points, 2 * i, 2, cosine, sine)));
      }
      float below = 0.5f - 0.5f * s.normal.y;
      light = add(light, scale((Vec){0.27f, 0.255f, 0.235f}, 0.25f + 0.75f * below));
      out[at] = add(multiply(s.albedo, light), scale(sun->radiance, shine));
    }
}
