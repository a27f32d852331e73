/// One channel of a picture in memory that somebody else owns.
struct PixelPlane {
  private let base: UnsafeMutablePointer<UInt8>
  /// From a pixel to the next one, and to the one below.
  private let step: Int
  private let stride: Int

  init(_ base: UnsafeMutablePointer<UInt8>, step: Int = 1, stride: Int) {
    self.base = base
    self.step = step
    self.stride = stride
  }

  private subscript(x: Int, y: Int) -> UInt8 {
    get { base[y * stride + x * step] }
    nonmutating set { base[y * stride + x * step] = newValue }
  }

  /// Blends, by the share (0…255) given for each pixel, into a surface through the averages of `cells` × `cells`
  /// fields of the extent: bilinear between their centres.
  mutating func obscure(_ extent: PixelExtent, cells: Int, share: (Int, Int) -> UInt16) {
    let across = Self.fields(extent.columns, cells)
    let down = Self.fields(extent.rows, cells)
    let means = down.map { rows in across.map { columns in mean(columns, rows) } }
    let columns = extent.columns.map { Self.neighbours(of: $0, in: across) }
    for y in extent.rows {
      let (upper, lower, low) = Self.neighbours(of: y, in: down)
      for x in extent.columns {
        let covered = share(x, y)
        guard covered > 0 else { continue }
        let (left, right, far) = columns[x - extent.columns.lowerBound]
        let top = means[upper][left] + (means[upper][right] - means[upper][left]) * far
        let bottom = means[lower][left] + (means[lower][right] - means[lower][left]) * far
        self[x, y] = blend(self[x, y], UInt16(top + (bottom - top) * low + 0.5), covered)
      }
    }
  }

  private func mean(_ columns: Range<Int>, _ rows: Range<Int>) -> Float {
    var sum = 0
    for y in rows {
      for x in columns { sum += Int(self[x, y]) }
    }
    return Float(sum) / Float(columns.count * rows.count)
  }

  private static func fields(_ range: Range<Int>, _ cells: Int) -> [Range<Int>] {
    let count = max(1, min(cells, range.count))
    return (0..<count).map { index in
      range.lowerBound + range.count * index / count..<range.lowerBound + range.count * (index + 1) / count
    }
  }

  /// The fields whose centres lie on either side of a position, and how far it is from the first to the second.
  private static func neighbours(of position: Int, in fields: [Range<Int>]) -> (Int, Int, Float) {
    func center(_ index: Int) -> Float { Float(fields[index].lowerBound + fields[index].upperBound - 1) / 2 }
    let value = Float(position)
    guard let next = fields.indices.first(where: { center($0) > value }) else {
      return (fields.count - 1, fields.count - 1, 0)
    }
    guard next > 0 else { return (0, 0, 0) }
    return (next - 1, next, (value - center(next - 1)) / (center(next) - center(next - 1)))
  }
}
