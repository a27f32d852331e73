/// Luma is blended pixel by pixel, chroma by the mean coverage of the four pixels that share a sample.
extension PlanarImage: Canvas {
  public mutating func fill(_ mask: CoverageMask, with color: Color) {
    precondition(mask.width == width && mask.height == height, "the mask is as large as the picture")
    let opacity = color.coverageScale
    guard opacity > 0 else { return }
    let ink = YUVConversion(matrix: matrix, isFullRange: isFullRange).bytes(color)
    let width = width
    luma.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      mask.forEachRun { y, first, count, coverage in
        blend(ink.luma, into: base + y * width + first, coverage: coverage, count: count, opacity: opacity)
      }
    }
    let chromaWidth = chromaWidth
    blueChroma.withUnsafeMutableBufferPointer { blue in
      redChroma.withUnsafeMutableBufferPointer { red in
        guard let blue = blue.baseAddress, let red = red.baseAddress else { return }
        mask.forEachChromaRun { y, first, count, coverage in
          let origin = y * chromaWidth + first
          blend(ink.blueChroma, into: blue + origin, coverage: coverage, count: count, opacity: opacity)
          blend(ink.redChroma, into: red + origin, coverage: coverage, count: count, opacity: opacity)
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
  /// The mean coverage of the pixels that share a chroma sample.
  fileprivate func chromaCoverage(_ x: Int, _ y: Int) -> UInt16 {
    let (left, right) = (2 * x, min(2 * x + 1, width - 1))
    let (top, bottom) = (2 * y, min(2 * y + 1, height - 1))
    let sum =
      UInt16(self[left, top]) + UInt16(self[right, top]) + UInt16(self[left, bottom]) + UInt16(self[right, bottom])
    return (sum + 2) / 4
  }
}
