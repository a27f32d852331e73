/// Luma is blended pixel by pixel, chroma by the mean coverage of the (up to four) pixels that share a sample.
extension PlanarImage: Canvas {
  public mutating func fill(_ mask: CoverageMask, with color: Color) {
    precondition(mask.width == width && mask.height == height, "the mask is as large as the picture")
    let opacity = color.coverageScale
    guard opacity > 0 else { return }
    let ink = YUVConversion(matrix: matrix, isFullRange: isFullRange).bytes(color)
    let width = width
    luma.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      mask.forEachRow { y, columns, coverage in
        let line = base + y * width
        for x in columns {
          line[x] = blend(line[x], UInt16(ink.luma), scaled(UInt16(coverage[x]), by: opacity))
        }
      }
    }
    let chromaWidth = chromaWidth
    blueChroma.withUnsafeMutableBufferPointer { blue in
      redChroma.withUnsafeMutableBufferPointer { red in
        guard let blue = blue.baseAddress, let red = red.baseAddress else { return }
        mask.forEachChromaRow { y, columns, coverage in
          let origin = y * chromaWidth
          for x in columns {
            let share = scaled(coverage(x), by: opacity)
            guard share > 0 else { continue }
            blue[origin + x] = blend(blue[origin + x], UInt16(ink.blueChroma), share)
            red[origin + x] = blend(red[origin + x], UInt16(ink.redChroma), share)
          }
        }
      }
    }
  }

  public mutating func obscure(_ mask: CoverageMask, cells: Int) {
    precondition(mask.width == width && mask.height == height, "the mask is as large as the picture")
    guard let extent = mask.extent else { return }
    let (width, height) = (width, height)
    luma.withUnsafeMutableBufferPointer { buffer in
      var plane = PixelPlane(buffer, width: width, height: height)
      plane.obscure(extent, cells: cells) { x, y in UInt16(mask[x, y]) }
    }
    let chroma = PixelExtent(
      columns: extent.columns.lowerBound / 2..<(extent.columns.upperBound + 1) / 2,
      rows: extent.rows.lowerBound / 2..<(extent.rows.upperBound + 1) / 2)
    let (chromaWidth, chromaHeight) = (chromaWidth, chromaHeight)
    for path in [\PlanarImage.blueChroma, \PlanarImage.redChroma] {
      self[keyPath: path].withUnsafeMutableBufferPointer { buffer in
        var plane = PixelPlane(buffer, width: chromaWidth, height: chromaHeight)
        plane.obscure(chroma, cells: cells) { x, y in mask.chromaCoverage(x, y) }
      }
    }
  }
}

extension CoverageMask {
  /// The mean coverage of the pixels that share a chroma sample, rounded.
  func chromaCoverage(_ x: Int, _ y: Int) -> UInt16 {
    let columns = 2 * x..<min(2 * x + 2, width)
    let rows = 2 * y..<min(2 * y + 2, height)
    var sum = 0
    for row in rows {
      for column in columns { sum += Int(self[column, row]) }
    }
    let count = columns.count * rows.count
    return UInt16((sum + count / 2) / count)
  }

  /// Calls `body` with each row of chroma samples that was touched, its touched columns, and the mean coverage by column.
  @inline(__always)
  func forEachChromaRow(_ body: (Int, Range<Int>, (Int) -> UInt16) -> Void) {
    guard !rows.isEmpty else { return }
    coverage.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for y in rows.lowerBound / 2..<(rows.upperBound + 1) / 2 {
        let runs = (2 * y..<min(2 * y + 2, height)).map { columns[$0] }.filter { !$0.isEmpty }
        guard let lower = runs.map(\.lowerBound).min(), let upper = runs.map(\.upperBound).max() else { continue }
        let top = base + 2 * y * width
        let bottom = 2 * y + 1 < height ? top + width : top
        let last = width - 1
        body(y, lower / 2..<(upper + 1) / 2) { x in
          let left = 2 * x
          let right = min(left + 1, last)
          let sum =
            UInt16(top[left]) &+ UInt16(top[right]) &+ UInt16(bottom[left]) &+ UInt16(bottom[right])
          return (sum &+ 2) &>> 2
        }
      }
    }
  }
}
