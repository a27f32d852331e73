/// The anchors of a level of a region proposal network: rectangles of the same area around every cell (Ren et al., Faster R-CNN,
/// 2015; mmdetection's `AnchorGenerator`). Corners are of float precision, as there.
struct AnchorGrid {
  /// Pixels of the input a cell.
  var stride: Int
  /// Side of the square anchor, in strides.
  var scales: [Float] = [8]
  /// Height / width.
  var ratios: [Float] = [0.5, 1, 2]

  /// Around the origin, ratio by ratio.
  var base: [Corners] {
    ratios.flatMap { ratio in
      scales.map { scale in
        let (high, wide) = (ratio.squareRoot(), 1 / ratio.squareRoot())
        let (width, height) = (Float(stride) * wide * scale, Float(stride) * high * scale)
        return Corners(x1: -0.5 * width, y1: -0.5 * height, x2: 0.5 * width, y2: 0.5 * height)
      }
    }
  }

  /// The anchors of a map, row by row, cell by cell.
  func anchors(width: Int, height: Int) -> [Corners] {
    let base = base
    return (0..<height).flatMap { row in
      (0..<width).flatMap { column in base.map { $0.moved(x: Float(column * stride), y: Float(row * stride)) } }
    }
  }
}

/// A box by two of its corners, in float precision.
struct Corners: Hashable {
  var x1: Float
  var y1: Float
  var x2: Float
  var y2: Float

  var width: Float { x2 - x1 }
  var height: Float { y2 - y1 }
  var isFinite: Bool { [x1, y1, x2, y2].allSatisfy(\.isFinite) }

  func moved(x: Float, y: Float) -> Corners { Corners(x1: x1 + x, y1: y1 + y, x2: x2 + x, y2: y2 + y) }
}
