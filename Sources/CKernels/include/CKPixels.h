/// Kernels over the bytes of pictures; part of the table in `CKernels.h`.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// For each sample the two positions of a line that it lies between, and their weights.
typedef struct CKTaps {
  const int32_t *first, *second;
  const float *firstWeight, *secondWeight;
} CKTaps;

/// From levels of luma and chroma above zero to levels of colours: red = luma · l + redFromRed · r,
/// green = luma · l − greenFromBlue · b − greenFromRed · r, blue = luma · l + blueFromBlue · b.
typedef struct CKColours {
  float luma, redFromRed, greenFromBlue, greenFromRed, blueFromBlue;
} CKColours;

/// Where levels of red, green and blue go: level · factor + offset to the plane of the same index.
typedef struct CKColourPlanes {
  float *planes[3];
  float factors[3], offsets[3];
} CKColourPlanes;

/// How a line of chroma becomes twice as wide: a sample on the left is (3 · own + left neighbour + leftBias) >> shift, one on the
/// right (3 · own + right neighbour + rightBias) >> shift.
typedef struct CKWidening {
  int32_t leftBias, rightBias, shift;
} CKWidening;

/// A line from a to a + d with round ends; `inverseSquare` is 1 / |d|², 0 for a point.
typedef struct CKLine {
  float ax, ay, dx, dy, inverseSquare, radius;
} CKLine;

/// The outline of a rectangle with round corners around (x, y).
typedef struct CKFrame {
  float x, y, halfWidth, halfHeight, corner, halfStroke;
} CKFrame;

/// Kernels over coverage work on blocks of so many pixels.
enum { CKCoverageBlock = 16 };

typedef struct CKPixelKernels {
  /// y[i] = firstWeight · (first[i] − zero) + secondWeight · (second[i] − zero).
  void (*mix_bytes)(const uint8_t *first, const uint8_t *second, float firstWeight, float secondWeight, float zero,
                    float *y, ptrdiff_t count);

  /// Samples lines of luma and of chroma, which has one value for two of luma, and writes colours rounded to whole
  /// levels of 0…255, scaled.
  void (*sample_colours)(const float *luma, const float *blueChroma, const float *redChroma, CKTaps taps,
                         ptrdiff_t count, CKColours colours, CKColourPlanes output);

  /// y[i] = nearWeight · near[i] + farWeight · far[i].
  void (*weigh_bytes)(const uint8_t *near, const uint8_t *far, int32_t nearWeight, int32_t farWeight, int16_t *y,
                      ptrdiff_t count);

  /// Writes 2 · count samples for count sums; at either end the sum is its own neighbour.
  void (*widen_chroma)(const int16_t *sums, CKWidening widening, uint8_t *y, ptrdiff_t count);

  /// Full-range BT.601 to bytes of red, green and blue, in libjpeg's integers of 16 binary places.
  void (*jpeg_colours)(const uint8_t *luma, const uint8_t *blueChroma, const uint8_t *redChroma, uint8_t *colours,
                       ptrdiff_t count);

  /// Raises the coverage of the blocks of a row that hold the pixels start..<end to what the shape covers of each, times
  /// `scale`. Whole blocks are read and written.
  void (*cover_line)(const CKLine *line, float y, ptrdiff_t start, ptrdiff_t end, float scale, uint8_t *row);
  void (*cover_frame)(const CKFrame *frame, float y, ptrdiff_t start, ptrdiff_t end, float scale, uint8_t *row);

  /// Blends a level into samples by coverage · opacity / 255².
  void (*blend_level)(uint8_t level, uint8_t opacity, const uint8_t *coverage, uint8_t *samples, ptrdiff_t count);

  /// The mean coverage of two by two pixels.
  void (*halve_coverage)(const uint8_t *top, const uint8_t *bottom, uint8_t *means, ptrdiff_t count);
} CKPixelKernels;
