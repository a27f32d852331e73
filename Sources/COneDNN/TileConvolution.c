#include "COneDNN.h"
#include "Halves.h"

#include <string.h>

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#define TILES __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,amx-tile,amx-bf16")))

enum {
  BLOCK = 16,
  /// Inputs of a tile's row: two blocks.
  CHUNK = 32,
  ROW = 64,
  TILE = 16 * ROW,
  /// Of a chunk's weights for a pair of blocks of outputs: high and low parts of the one, then of the other.
  PACKED = 4 * TILE,
  /// Results of a group, and outputs of a pair: two tiles each way.
  GROUP = 32,
  /// Bytes of split inputs that stay in the second-level cache.
  HELD = 512 * 1024,
  /// Results that use weights together, so that reading these does not take longer than multiplying.
  FEWEST = 96,
};

static pthread_once_t tiles_once = PTHREAD_ONCE_INIT;
static bool has_tiles;

static void find_tiles(void) {
  unsigned a, b, c, d;
  const unsigned needed = 1u << 22 | 1u << 24;      // AMX-BF16, AMX-TILE
  if (!processor_has_bf16() || !__get_cpuid_count(7, 0, &a, &b, &c, &d) || (d & needed) != needed) return;
  // Linux gives the registers to those who ask (ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA).
  has_tiles = syscall(SYS_arch_prctl, 0x1023, 18) == 0;
}

bool processor_has_tiles(void) {
  pthread_once(&tiles_once, find_tiles);
  return has_tiles;
}

static int64_t round_up(int64_t value, int64_t unit) { return (value + unit - 1) / unit * unit; }
static int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }
static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

// What one thread of several works on.
typedef struct {
  /// Chunks of inputs, for all taps of the kernel.
  int64_t chunks;
  int64_t first, last, first_pair, last_pair;
  /// Results at a time, and chunks of these.
  int64_t band, segment;
} tile_share;

static int64_t chunk_count(int64_t inputs, int64_t taps) { return (inputs + CHUNK - 1) / CHUNK * taps; }

static tile_share share_of(const tile_problem *p, int64_t thread, int64_t threads) {
  tile_share s = {.chunks = chunk_count(p->inputs, p->kernel[0] * p->kernel[1])};
  const int64_t total = p->images * p->result_height * p->result_width;
  const int64_t groups = (total + GROUP - 1) / GROUP, pairs = (p->outputs + GROUP - 1) / GROUP;
  // Threads divide the results; where those are few, the outputs.
  const bool by_results = groups >= 2 * threads || pairs < threads;
  s.first = by_results ? groups * thread / threads * GROUP : 0;
  s.last = by_results ? smaller(groups * (thread + 1) / threads * GROUP, total) : total;
  s.first_pair = by_results ? 0 : pairs * thread / threads;
  s.last_pair = by_results ? pairs : pairs * (thread + 1) / threads;
  const int64_t fitting = larger(HELD / (s.chunks * 2 * ROW) / GROUP * GROUP, FEWEST);
  s.band = smaller(fitting, round_up(s.last - s.first, GROUP));
  s.segment = s.band == 0 ? s.chunks : smaller(s.chunks, larger(HELD / (s.band * 2 * ROW), 1));
  return s;
}

static int64_t split_size(const tile_share *s) { return s->band * s->segment * 2 * ROW; }

/// Sums of a band wait here for the next segment of chunks.
static int64_t sums_size(const tile_share *s) {
  return s->segment < s->chunks ? s->band * (s->last_pair - s->first_pair) * GROUP * (int64_t)sizeof(float) : 0;
}

int64_t tile_scratch_size(const tile_problem *problem, int64_t threads) {
  int64_t largest = 0;
  for (int64_t thread = 0; thread < threads; thread++) {
    const tile_share s = share_of(problem, thread, threads);
    largest = larger(largest, split_size(&s) + sums_size(&s));
  }
  return threads * largest;
}

int64_t tile_weights_size(int64_t inputs, int64_t outputs, int64_t taps) {
  return (outputs + GROUP - 1) / GROUP * chunk_count(inputs, taps) * PACKED;
}

// Pairs of blocks of outputs × taps × chunks × blocks of the pair × parts × pairs of inputs × outputs × inputs of the pair.
void tile_pack(int64_t inputs, int64_t outputs, int64_t taps, const float *plain, void *packed) {
  const int64_t chunks = chunk_count(inputs, 1);
  memset(packed, 0, tile_weights_size(inputs, outputs, taps));
  for (int64_t output = 0; output < outputs; output++) {
    for (int64_t input = 0; input < inputs; input++) {
      for (int64_t tap = 0; tap < taps; tap++) {
        const float value = plain[(output * inputs + input) * taps + tap];
        const int64_t chunk = (output / GROUP * taps + tap) * chunks + input / CHUNK;
        uint16_t *tile = (uint16_t *)((char *)packed + chunk * PACKED + output % GROUP / BLOCK * 2 * TILE);
        const int64_t place = input % CHUNK / 2 * CHUNK + output % BLOCK * 2 + input % 2;
        tile[place] = bf16_of(value);
        tile[TILE / 2 + place] = bf16_of(value - float_of(tile[place]));
      }
    }
  }
}

// Splits the pixels of two blocks of inputs, every `stride`-th of a row, into high parts and, `band` rows on, low parts.
TILES static void split_row(
    const float *first, const float *second, int64_t stride, int64_t count, int64_t band, char *to) {
  for (int64_t i = 0; i < count; i++, to += ROW) {
    const __m512 a = _mm512_loadu_ps(first + i * stride * BLOCK);
    const __m512 b = second ? _mm512_loadu_ps(second + i * stride * BLOCK) : _mm512_setzero_ps();
    const __m512i high = (__m512i)_mm512_cvtne2ps_pbh(b, a);
    const __m512 high_a = (__m512)_mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm512_castsi512_si256(high)), 16);
    const __m512 high_b = (__m512)_mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm512_extracti64x4_epi64(high, 1)), 16);
    const __m512i low = (__m512i)_mm512_cvtne2ps_pbh(_mm512_sub_ps(b, high_b), _mm512_sub_ps(a, high_a));
    _mm512_store_si512(to, high);
    _mm512_store_si512(to + band * ROW, low);
  }
}

static void clear_row(int64_t count, int64_t band, char *to) {
  memset(to, 0, count * ROW);
  memset(to + band * ROW, 0, count * ROW);
}

// One chunk of the inputs of the results first ..< last, as the tap at (row, column) of the kernel sees them.
static void split(
    const tile_problem *p, const float *source, int64_t chunk, int64_t row, int64_t column, int64_t first, int64_t last,
    int64_t band, char *to) {
  const int64_t blocks = (p->inputs + BLOCK - 1) / BLOCK, pixels = p->height * p->width;
  const int64_t down = row * p->dilations[0] - p->top, across = column * p->dilations[1] - p->left;
  for (int64_t at = first; at < last;) {
    const int64_t x = at % p->result_width, y = at / p->result_width % p->result_height;
    const int64_t image = at / p->result_width / p->result_height;
    const int64_t end = smaller(p->result_width, x + last - at);
    const int64_t from_y = y * p->strides[0] + down;
    // The results of the row whose input lies in the picture.
    int64_t begin = across < 0 ? (-across + p->strides[1] - 1) / p->strides[1] : 0;
    int64_t stop = across < p->width ? (p->width - 1 - across) / p->strides[1] + 1 : 0;
    begin = smaller(larger(begin, x), end);
    stop = from_y < 0 || from_y >= p->height ? begin : larger(smaller(stop, end), begin);
    clear_row(begin - x, band, to);
    if (stop > begin) {
      const int64_t pixel = from_y * p->width + begin * p->strides[1] + across;
      const float *one = source + ((image * blocks + 2 * chunk) * pixels + pixel) * BLOCK;
      const float *other = 2 * chunk + 1 < blocks ? one + pixels * BLOCK : NULL;
      split_row(one, other, p->strides[1], stop - begin, band, to + (begin - x) * ROW);
    }
    clear_row(end - stop, band, to + (stop - x) * ROW);
    to += (end - x) * ROW;
    at += end - x;
  }
}

// sums (results × outputs, as 2 × 2 tiles) += split inputs × weights, over `count` chunks.
TILES static void multiply(const char *inputs, int64_t band, const char *weights, int64_t count, bool starts, float *sums) {
  if (starts) {
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
  } else {
    _tile_loadd(0, sums, ROW);
    _tile_loadd(1, sums + 256, ROW);
    _tile_loadd(2, sums + 512, ROW);
    _tile_loadd(3, sums + 768, ROW);
  }
  for (int64_t i = 0; i < count; i++, inputs += band * 2 * ROW, weights += PACKED) {
    _tile_loadd(4, inputs, ROW);
    _tile_loadd(5, inputs + TILE, ROW);
    _tile_loadd(6, weights + TILE, ROW);
    _tile_dpbf16ps(0, 4, 6);
    _tile_dpbf16ps(2, 5, 6);
    _tile_loadd(7, weights + 3 * TILE, ROW);
    _tile_dpbf16ps(1, 4, 7);
    _tile_dpbf16ps(3, 5, 7);
    _tile_loadd(6, weights, ROW);
    _tile_dpbf16ps(0, 4, 6);
    _tile_dpbf16ps(2, 5, 6);
    _tile_loadd(7, weights + 2 * TILE, ROW);
    _tile_dpbf16ps(1, 4, 7);
    _tile_dpbf16ps(3, 5, 7);
    _tile_loadd(4, inputs + band * ROW, ROW);
    _tile_dpbf16ps(0, 4, 6);
    _tile_dpbf16ps(1, 4, 7);
    _tile_loadd(5, inputs + band * ROW + TILE, ROW);
    _tile_dpbf16ps(2, 5, 6);
    _tile_dpbf16ps(3, 5, 7);
  }
  _tile_stored(0, sums, ROW);
  _tile_stored(1, sums + 256, ROW);
  _tile_stored(2, sums + 512, ROW);
  _tile_stored(3, sums + 768, ROW);
}

// Takes the sums of a group for a pair of blocks of outputs to their place.
static void finish(
    const tile_problem *p, const float *sums, int64_t first, int64_t count, int64_t pair, const float *bias, float *result) {
  const int64_t blocks = (p->outputs + BLOCK - 1) / BLOCK, width = p->result_width * p->step;
  const int64_t pixels = p->result_height * p->step * width;
  for (int64_t at = 0; at < count;) {
    const int64_t x = (first + at) % p->result_width, line = (first + at) / p->result_width;
    const int64_t image = line / p->result_height, y = line % p->result_height;
    const int64_t run = smaller(smaller(count - at, p->result_width - x), BLOCK - at % BLOCK);
    const int64_t pixel = (y * p->step + p->row) * width + x * p->step + p->column;
    for (int64_t block = 2 * pair; block < smaller(2 * pair + 2, blocks); block++)
      blocked_kernels_here()->complete(
          sums + (at / BLOCK * 2 + block % 2) * 256 + at % BLOCK * BLOCK, run, bias ? bias + block * BLOCK : NULL, p->adds,
          result + ((image * blocks + block) * pixels + pixel) * BLOCK, p->step, p->activation);
    at += run;
  }
}

TILES static void configure(void) {
  struct {
    uint8_t palette, start, reserved[14];
    uint16_t row_bytes[16];
    uint8_t rows[16];
  } shape = {.palette = 1};
  for (int tile = 0; tile < 8; tile++) {
    shape.row_bytes[tile] = ROW;
    shape.rows[tile] = 16;
  }
  _tile_loadconfig(&shape);
}

TILES static void release(void) { _tile_release(); }

typedef struct {
  const tile_problem *problem;
  const float *source;
  const char *weights;
  const float *bias;
  float *result;
  char *scratch;
} tile_work;

static void run_part(void *context, int part, int parts) {
  const tile_work *w = context;
  const tile_problem *p = w->problem;
  const tile_share s = share_of(p, part, parts);
  const int64_t taps = p->kernel[0] * p->kernel[1], per_tap = s.chunks / taps;
  char *inputs = w->scratch + part * (tile_scratch_size(p, parts) / parts);
  float *kept = (float *)(inputs + split_size(&s));
  _Alignas(64) float passing[4 * 256];
  configure();
  for (int64_t first = s.first; first < s.last; first += s.band) {
    const int64_t last = smaller(first + s.band, s.last);
    for (int64_t segment = 0; segment < s.chunks; segment += s.segment) {
      const int64_t count = smaller(s.segment, s.chunks - segment);
      for (int64_t i = 0; i < count; i++) {
        const int64_t tap = (segment + i) / per_tap, chunk = (segment + i) % per_tap;
        split(
            p, w->source, chunk, tap / p->kernel[1], tap % p->kernel[1], first, last, s.band, inputs + i * s.band * 2 * ROW);
      }
      const bool ends = segment + count == s.chunks;
      float *sums = kept;
      for (int64_t pair = s.first_pair; pair < s.last_pair; pair++) {
        const char *weights = w->weights + (pair * s.chunks + segment) * PACKED;
        for (int64_t group = first; group < last; group += GROUP) {
          float *here = s.segment < s.chunks ? sums : passing;
          multiply(inputs + (group - first) * ROW, s.band, weights, count, segment == 0, here);
          if (ends) finish(p, here, group, smaller(GROUP, last - group), pair, w->bias, w->result);
          sums += 4 * 256;
        }
      }
    }
  }
  release();
}

void tile_run(
    const tile_problem *problem, const float *source, const void *weights, const float *bias, float *result, void *scratch,
    int64_t threads) {
  tile_work work = {problem, source, weights, bias, result, scratch};
  odnn_parallel((int)threads, run_part, &work);
}

#else

bool processor_has_tiles(void) { return false; }
int64_t tile_weights_size(int64_t inputs, int64_t outputs, int64_t taps) { return 0; }
void tile_pack(int64_t inputs, int64_t outputs, int64_t taps, const float *plain, void *packed) {}
int64_t tile_scratch_size(const tile_problem *problem, int64_t threads) { return 0; }
void tile_run(
    const tile_problem *problem, const float *source, const void *weights, const float *bias, float *result, void *scratch,
    int64_t threads) {}

#endif
