/// How much of every pixel of a picture is covered by the shapes added so far, 0…255. Where shapes overlap the larger
/// coverage counts, so that a drawing of several shapes in one colour has no seams.
///
/// It is as large as the picture, made once and used again: only what was touched is visited, in tiles one row high.
public struct CoverageMask: Sendable {
  public let width: Int
  public let height: Int
  /// Rows are padded to whole tiles.
  private(set) var coverage: [UInt8]
  /// The touched tiles of each row, one bit each.
  private(set) var tiles: [UInt64]
  private(set) var rows = 0..<0
  private let tileShift: Int

  public init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
    var tileShift = 5
    while self.width > 64 << tileShift { tileShift += 1 }
    self.tileShift = tileShift
    let stride = ((self.width + (1 << tileShift) - 1) >> tileShift) << tileShift
    coverage = [UInt8](repeating: 0, count: stride * self.height)
    tiles = [UInt64](repeating: 0, count: self.height)
  }

  /// The coverage of one pixel, 0…255.
  public subscript(x: Int, y: Int) -> UInt8 { coverage[y * stride + x] }

  var tileWidth: Int { 1 << tileShift }
  var stride: Int { ((width + tileWidth - 1) >> tileShift) << tileShift }

  /// Takes everything away.
  public mutating func clear() {
    let (stride, tileWidth) = (stride, tileWidth)
    coverage.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for y in rows {
        TileRun.forEach(in: tiles[y]) { run in
          (base + y * stride + run.first * tileWidth).update(repeating: 0, count: run.count * tileWidth)
        }
        tiles[y] = 0
      }
    }
    rows = 0..<0
  }

  /// Adds what the field covers, as far as it lies in the picture.
  mutating func fill(_ field: some DistanceField, opacity: Double) {
    let scale = Float(255 * min(max(opacity, 0), 1))
    let rows = Self.pixels(from: field.minY, to: field.maxY, limit: height)
    guard scale > 0, !rows.isEmpty else { return }
    let (stride, width, tileShift) = (stride, width, tileShift)
    coverage.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for row in rows {
        let y = Float(row)
        func cover(_ run: ColumnRun) {
          let columns = Self.pixels(from: run.from, to: run.to, limit: width)
          guard !columns.isEmpty else { return }
          tiles[row] |= TileRun.bits(columns, shift: tileShift)
          field.cover(columns, y, scale: scale, base + row * stride)
        }
        let (first, second) = field.columns(y)
        cover(first)
        if let second { cover(second) }
      }
    }
    self.rows =
      self.rows.isEmpty
      ? rows : min(self.rows.lowerBound, rows.lowerBound)..<max(self.rows.upperBound, rows.upperBound)
  }

  /// The pixels 0..<limit that a run of positions can touch.
  private static func pixels(from: Float, to: Float, limit: Int) -> Range<Int> {
    let lower = max(0, min(Float(limit), (from - 0.5).rounded(.up)))
    let upper = max(0, min(Float(limit), (to + 0.5).rounded(.down) + 1))
    return lower < upper ? Int(lower)..<Int(upper) : 0..<0
  }
}

/// Neighbouring tiles of a row.
struct TileRun {
  let first: Int
  let count: Int

  /// The tiles that hold the columns, as bits.
  @inline(__always)
  static func bits(_ columns: Range<Int>, shift: Int) -> UInt64 {
    let first = columns.lowerBound >> shift
    let last = (columns.upperBound - 1) >> shift
    return (~0 << UInt64(first)) & (~0 >> UInt64(63 - last))
  }

  @inline(__always)
  static func forEach(in bits: UInt64, _ body: (TileRun) -> Void) {
    var rest = bits
    while rest != 0 {
      let first = rest.trailingZeroBitCount
      let count = (~(rest >> UInt64(first))).trailingZeroBitCount
      body(TileRun(first: first, count: count))
      rest = first + count >= 64 ? 0 : (rest >> UInt64(first + count)) << UInt64(first + count)
    }
  }
}
