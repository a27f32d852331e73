internal import Foundation

/// A separable blur: that of OpenCV's `GaussianBlur` with a kernel size and no deviation given, or one of any deviation.
struct GaussianBlur: Hashable, Sendable {
  /// What lies outside the map.
  enum Border: Hashable, Sendable {
    case zero
    /// Mirrored without repeating the edge (`BORDER_REFLECT_101`).
    case mirrored
  }

  let weights: [Float]
  let border: Border

  init(kernelSize: Int, border: Border) {
    weights = Self.weights(kernelSize)
    self.border = border
  }

  /// exp(-d² / (2 · deviation²)) up to three deviations away: 1 in the middle, so that the sum is not 1.
  init(unscaledDeviation deviation: Double, border: Border) {
    let radius = Int((3 * deviation).rounded(.up))
    weights = (-radius...radius).map { Float(exp(-0.5 * pow(Double($0) / deviation, 2))) }
    self.border = border
  }

  /// Blurs along x, then along y.
  func blurred(_ map: UnsafeBufferPointer<Float>, width: Int, height: Int) -> [Float] {
    let radius = weights.count / 2
    var across = [Float](repeating: 0, count: width * height)
    var result = across
    var padded = [Float](repeating: 0, count: width + 2 * radius)
    for y in 0..<height {
      for x in 0..<width + 2 * radius {
        padded[x] = sourceIndex(x - radius, count: width).map { map[y * width + $0] } ?? 0
      }
      accumulate(into: &across, row: y, width: width) { tap in (padded, tap) }
    }
    for y in 0..<height {
      accumulate(into: &result, row: y, width: width) { tap in
        sourceIndex(y + tap - radius, count: height).map { (across, $0 * width) }
      }
    }
    return result
  }

  /// Adds `width` values from where `source` says, times the tap's weight, for every tap.
  private func accumulate(
    into result: inout [Float], row: Int, width: Int, source: (Int) -> ([Float], Int)?
  ) {
    result.withUnsafeMutableBufferPointer { output in
      for (tap, weight) in weights.enumerated() {
        guard let (values, start) = source(tap) else { continue }
        values.withUnsafeBufferPointer { input in
          let from = input.baseAddress! + start
          let to = output.baseAddress! + row * width
          for x in 0..<width {
            to[x] += from[x] * weight
          }
        }
      }
    }
  }

  private func sourceIndex(_ index: Int, count: Int) -> Int? {
    if (0..<count).contains(index) { return index }
    guard border == .mirrored else { return nil }
    guard count > 1 else { return 0 }
    let period = 2 * (count - 1)
    let position = ((index % period) + period) % period
    return min(position, period - position)
  }

  /// OpenCV's `getGaussianKernel`: fixed tables up to 9, else deviation 0.3 · ((size - 1) / 2 - 1) + 0.8.
  private static func weights(_ size: Int) -> [Float] {
    switch size {
    case 1: return [1]
    case 3: return [0.25, 0.5, 0.25]
    case 5: return [0.0625, 0.25, 0.375, 0.25, 0.0625]
    case 7: return [0.03125, 0.109375, 0.21875, 0.28125, 0.21875, 0.109375, 0.03125]
    case 9: return [4, 13, 30, 51, 60, 51, 30, 13, 4].map { $0 / 256 }
    default:
      let center = Double(size - 1) / 2
      let deviation = 0.3 * (center - 1) + 0.8
      let values = (0..<size).map { exp(-0.5 * pow((Double($0) - center) / deviation, 2)) }
      let sum = values.reduce(0, +)
      return values.map { Float($0 / sum) }
    }
  }
}

extension PredictionMaps {
  /// One map blurred and brought back to its old maximum (DARK's modulation; mmpose `gaussian_blur`).
  func modulated(_ channel: Int, _ blur: GaussianBlur, peak: Float) -> [Float] {
    var map = withMap(channel) { blur.blurred($0, width: width, height: height) }
    let highest = map.max() ?? 0
    let factor = peak / highest
    for index in map.indices {
      map[index] *= factor
    }
    return map
  }
}
