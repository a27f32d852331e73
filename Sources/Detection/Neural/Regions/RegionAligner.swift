internal import Foundation
internal import Inference

/// Cuts regions out of a pyramid of maps: every region from the level that fits its size (Lin et al., Feature Pyramid Networks, 2017),
/// a cell the mean of samples between pixels (He et al., Mask R-CNN, 2017; mmcv's `RoIAlign`, aligned).
///
/// Samples form a grid, so rows and columns are weighed one after the other.
struct RegionAligner {
  var height = 7
  var width = 7
  /// Pixels of the input a cell of each level.
  var strides = [4, 8, 16, 32]
  /// Regions of this side, in pixels of the input, and up to twice as large, are cut out of the finest level.
  var finestScale: Float = 56
  /// Whether pixel centres lie at half coordinates.
  var centersPixels = true
  /// Samples along each side of a cell; 0 for as many as the cell has pixels.
  var samples = 0

  func level(of box: Corners) -> Int {
    let scale = (box.width * box.height).squareRoot()
    let level = floor(log2(scale / finestScale + 1e-6))
    return level.isFinite ? Int(min(max(level, 0), Float(strides.count - 1))) : 0
  }

  /// Writes channels × `height` × `width` of each region, one after the other.
  ///
  /// - Parameter pyramid: 1 × channels × H × W a level.
  func cut(_ boxes: [Corners], outOf pyramid: [Tensor], into target: UnsafeMutableBufferPointer<Float>) {
    let length = pyramid[0].shape[1] * height * width
    for (index, box) in boxes.enumerated() {
      let level = level(of: box)
      cut(
        box, outOf: pyramid[level], scale: 1 / Float(strides[level]),
        into: UnsafeMutableBufferPointer(rebasing: target[index * length..<(index + 1) * length]))
    }
  }

  func cut(_ box: Corners, outOf map: Tensor, scale: Float, into target: UnsafeMutableBufferPointer<Float>) {
    let (channels, rows, columns) = (map.shape[1], map.shape[2], map.shape[3])
    let down = axis(from: box.y1, to: box.y2, scale, size: rows, cells: height)
    let across = axis(from: box.x1, to: box.x2, scale, size: columns, cells: width)
    map.withFloats { map in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: max(1, down.span.count * width)) { narrow in
        for channel in 0..<channels {
          let plane = channel * rows * columns
          for row in down.span {
            for cell in 0..<width {
              var sum: Float = 0
              for tap in across.taps[cell] { sum += map[plane + row * columns + tap.index] * tap.weight }
              narrow[(row - down.span.lowerBound) * width + cell] = sum
            }
          }
          for line in 0..<height {
            for cell in 0..<width {
              var sum: Float = 0
              for tap in down.taps[line] {
                sum += narrow[(tap.index - down.span.lowerBound) * width + cell] * tap.weight
              }
              target[(channel * height + line) * width + cell] = sum
            }
          }
        }
      }
    }
  }

  /// The pixels along an axis that each cell is made of, and all that are needed.
  private struct Axis {
    var taps: [[(index: Int, weight: Float)]]
    var span: Range<Int>
  }

  private func axis(from start: Float, to end: Float, _ scale: Float, size: Int, cells: Int) -> Axis {
    let offset: Float = centersPixels ? 0.5 : 0
    let first = start * scale - offset
    var extent = end * scale - offset - first
    if !centersPixels { extent = max(extent, 1) }
    let cell = extent / Float(cells)
    // A region lies within the picture, so a cell has no more pixels than the map.
    let count = samples > 0 ? samples : Int(min(max(cell.rounded(.up), 0), Float(2 * size)))
    let taps = (0..<cells).map { index -> [(index: Int, weight: Float)] in
      var weights: [Int: Float] = [:]
      for sample in 0..<count {
        let place = first + Float(index) * cell + (Float(sample) + 0.5) * cell / Float(count)
        guard place >= -1, place <= Float(size) else { continue }
        let inside = max(place, 0)
        let low = min(Int(inside), size - 1)
        let part = low < size - 1 ? inside - Float(low) : 0
        weights[low, default: 0] += (1 - part) / Float(count)
        if part > 0 { weights[low + 1, default: 0] += part / Float(count) }
      }
      return weights.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
    let indices = taps.joined().map(\.index)
    return Axis(taps: taps, span: (indices.min() ?? 0)..<(indices.max() ?? -1) + 1)
  }
}
