internal import CKernels

/// Luma is blended pixel by pixel, chroma by the mean coverage of the four pixels that share a sample.
extension PlanarImage: Canvas {
  public mutating func fill(_ mask: CoverageMask, with colour: Colour) {
    precondition(mask.width == width && mask.height == height, "the mask is as large as the picture")
    let opacity = UInt8(colour.coverageScale)
    guard opacity > 0 else { return }
    let ink = YUVConversion(matrix: matrix, isFullRange: isFullRange).bytes(colour)
    let kernels = PixelKernels.widest
    luma.withMutablePixels { luma, stride in
      mask.forEachRun { y, first, count, coverage in
        kernels.blend_level(ink.luma, opacity, coverage, luma + y * stride + first, count)
      }
    }
    blueChroma.withMutablePixels { blue, blueStride in
      redChroma.withMutablePixels { red, redStride in
        mask.forEachChromaRun { y, first, count, coverage in
          kernels.blend_level(ink.blueChroma, opacity, coverage, blue + y * blueStride + first, count)
          kernels.blend_level(ink.redChroma, opacity, coverage, red + y * redStride + first, count)
        }
      }
    }
  }

  public mutating func obscure(_ mask: CoverageMask, cells: Int) {
    precondition(mask.width == width && mask.height == height, "the mask is as large as the picture")
    guard let extent = mask.extent else { return }
    luma.withMutablePixels { pixels, stride in
      var plane = PixelPlane(pixels, stride: stride)
      plane.obscure(extent, cells: cells) { x, y in UInt16(mask[x, y]) }
    }
    let chroma = PixelExtent(
      columns: extent.columns.lowerBound / 2..<(extent.columns.upperBound + 1) / 2,
      rows: extent.rows.lowerBound / 2..<(extent.rows.upperBound + 1) / 2)
    for path in [\PlanarImage.blueChroma, \PlanarImage.redChroma] {
      self[keyPath: path].withMutablePixels { pixels, stride in
        var plane = PixelPlane(pixels, stride: stride)
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
