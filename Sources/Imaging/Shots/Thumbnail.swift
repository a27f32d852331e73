/// A picture made small, by which it is told whether another one shows the same scene: 64 × 36 cells, whatever its shape, with the
/// lightness evened out, so that a change of light is none of the scene.
struct Thumbnail: Sendable {
  static let columns = 64
  static let rows = 36

  /// Of each cell, with mean 128 and standard deviation 45.
  let lightness: [Float]
  /// The shares of lightness and both chroma in eight steps each, a cell between two steps counting for both.
  let colours: [Float]
  /// A picture that is nearly all of one lightness, as by a flash or between two scenes, tells nothing.
  let tellsScene: Bool

  private static let mean: Float = 128
  private static let deviation: Float = 45
  /// In levels: less is nothing, and less than the second is not blown up to what others have.
  private static let leastDeviation: Float = 4
  private static let fullDeviation: Float = 8
  private static let steps = 8

  init(_ picture: Picture) {
    var cells = picture.cells(columns: Self.columns, rows: Self.rows)
    let count = Float(cells.count)
    let mean = cells.reduce(0) { $0 + $1.x } / count
    let deviation = (cells.reduce(0) { $0 + ($1.x - mean) * ($1.x - mean) } / count).squareRoot()
    tellsScene = deviation >= Self.leastDeviation
    let gain = Self.deviation / max(deviation, Self.fullDeviation)
    for index in cells.indices { cells[index].x = (cells[index].x - mean) * gain + Self.mean }
    lightness = cells.map(\.x)
    colours = Self.histogram(cells)
  }

  private static func histogram(_ cells: [SIMD3<Float>]) -> [Float] {
    var shares = [Float](repeating: 0, count: steps * steps * steps)
    let share = 1 / Float(cells.count)
    for cell in cells {
      let place = (cell / Float(256 / steps) - 0.5).clamped(
        lowerBound: SIMD3(repeating: 0), upperBound: SIMD3(repeating: Float(steps - 1)))
      let low = place.rounded(.down)
      let part = place - low
      let index = SIMD3<Int>(low)
      for corner in 0..<8 {
        let far = SIMD3(corner & 1, corner >> 1 & 1, corner >> 2 & 1)
        let at = (index &+ far).clamped(lowerBound: SIMD3(repeating: 0), upperBound: SIMD3(repeating: steps - 1))
        let weights = SIMD3<Float>(far) * part + (1 - SIMD3<Float>(far)) * (1 - part)
        shares[(at.x * steps + at.y) * steps + at.z] += weights.x * weights.y * weights.z * share
      }
    }
    return shares
  }
}

extension Thumbnail {
  /// How little this picture has of an earlier one, from 0 for the same one to about 1.4 and more for one that has nothing to do
  /// with it: what no block of the earlier picture, up to a quarter of its width away, explains of the blocks of this one,
  /// in shares of their own texture, and the share of the colours that is new.
  func difference(from earlier: Thumbnail) -> Float {
    let new = 1 - zip(colours, earlier.colours).reduce(0) { $0 + min($1.0, $1.1) }
    let still = BlockSearch(earlier.lightness, lightness, reach: 0).residual
    // Nothing that could count: the search would only lower it.
    if still + new < Self.negligible { return still + new }
    return BlockSearch(earlier.lightness, lightness, reach: 1).residual + new
  }

  private static let negligible: Float = 0.45
}

/// Looks for the blocks of one small picture in another.
private struct BlockSearch {
  /// The least mean absolute differences in shares of the blocks' own mean absolute deviations.
  private(set) var residual: Float = 0

  private static let width = 8
  private static let height = 9
  /// Cells by which a block may have moved.
  private static let farX = 16
  private static let farY = 9
  /// Levels that are taken for the texture of a block without any.
  private static let noise: Float = 2

  /// - Parameter reach: 1 to search, 0 to compare each block with that in its place.
  init(_ earlier: [Float], _ later: [Float], reach: Int) {
    let (farX, farY) = (reach * Self.farX, reach * Self.farY)
    let columns = Thumbnail.columns
    var (best, texture): (Float, Float) = (0, 0)
    earlier.withUnsafeBufferPointer { earlier in
      later.withUnsafeBufferPointer { later in
        for top in stride(from: 0, to: Thumbnail.rows, by: Self.height) {
          for left in stride(from: 0, to: columns, by: Self.width) {
            texture += Self.deviation(later, top, left)
            var least = Self.distance(earlier, later, top, left, 0, 0, below: .infinity)
            for y in -farY...farY {
              for x in -farX...farX {
                least = min(least, Self.distance(earlier, later, top, left, y, x, below: least))
              }
            }
            best += least
          }
        }
      }
    }
    let blocks = Float(Thumbnail.rows / Self.height * (columns / Self.width))
    let cells = Float(Self.width * Self.height)
    residual = best / cells / (texture / cells + blocks * Self.noise)
  }

  /// The sum of the absolute differences of a block and the one that lies so much further down and to the right in the earlier
  /// picture, whose border is repeated; once it is not below the bound, any number that is not.
  private static func distance(
    _ earlier: UnsafeBufferPointer<Float>, _ later: UnsafeBufferPointer<Float>, _ top: Int, _ left: Int, _ y: Int,
    _ x: Int, below bound: Float
  ) -> Float {
    var sum: Float = 0
    for row in top..<top + height {
      let line = max(0, min(Thumbnail.rows - 1, row + y)) * Thumbnail.columns
      for column in left..<left + width {
        let other = earlier[line + max(0, min(Thumbnail.columns - 1, column + x))]
        sum += abs(later[row * Thumbnail.columns + column] - other)
      }
      if sum >= bound { return sum }
    }
    return sum
  }

  /// The sum of the absolute differences from the mean.
  private static func deviation(_ later: UnsafeBufferPointer<Float>, _ top: Int, _ left: Int) -> Float {
    var (sum, result): (Float, Float) = (0, 0)
    for row in top..<top + height {
      for column in left..<left + width { sum += later[row * Thumbnail.columns + column] }
    }
    let mean = sum / Float(width * height)
    for row in top..<top + height {
      for column in left..<left + width { result += abs(later[row * Thumbnail.columns + column] - mean) }
    }
    return result
  }
}
