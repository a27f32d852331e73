extension Image: Canvas {
  public mutating func fill(_ mask: CoverageMask, with colour: Colour) {
    precondition(mask.width == width && mask.height == height, "the mask is as large as the picture")
    let opacity = colour.coverageScale
    guard opacity > 0 else { return }
    let (red, green, blue) = (UInt16(colour.red), UInt16(colour.green), UInt16(colour.blue))
    pixels.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      mask.forEachRun { y, first, count, coverage in
        let line = base + (y * mask.width + first) * 3
        for x in 0..<count where coverage[x] != 0 {
          let share = scaled(UInt16(coverage[x]), by: opacity)
          let pixel = line + x * 3
          pixel[0] = blend(pixel[0], red, share)
          pixel[1] = blend(pixel[1], green, share)
          pixel[2] = blend(pixel[2], blue, share)
        }
      }
    }
  }

  public mutating func obscure(_ mask: CoverageMask, cells: Int) {
    precondition(mask.width == width && mask.height == height, "the mask is as large as the picture")
    guard let extent = mask.extent else { return }
    let width = width
    pixels.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for channel in 0..<3 {
        var plane = PixelPlane(base + channel, step: 3, stride: width * 3)
        plane.obscure(extent, cells: cells) { x, y in UInt16(mask[x, y]) }
      }
    }
  }
}
