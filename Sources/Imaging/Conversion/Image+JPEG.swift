internal import CKernels

extension Image {
  /// The planes of a JPEG file: full range, chroma half as wide, half as high, both or neither, rounded up.
  public struct JPEGPlanes {
    public var luma: Plane
    public var blueChroma: Plane
    public var redChroma: Plane

    public init(luma: Plane, blueChroma: Plane, redChroma: Plane) {
      (self.luma, self.blueChroma, self.redChroma) = (luma, blueChroma, redChroma)
    }

    fileprivate var isHalfAsWide: Bool { blueChroma.width < luma.width }
    fileprivate var isHalfAsHigh: Bool { blueChroma.height < luma.height }
  }

  /// The picture as libjpeg, and with it OpenCV and what networks were trained on, makes it of its planes, bit by bit: chroma
  /// is interpolated between its samples ("fancy upsampling", `jdsample.c`), which lie between those of luma.
  public init(_ planes: JPEGPlanes) {
    self.init(width: planes.luma.width, height: planes.luma.height)
    let (width, height) = (width, height)
    let kernels = PixelKernels.widest
    pixels.withUnsafeMutableBufferPointer { output in
      guard let colours = output.baseAddress else { return }
      let count = planes.blueChroma.width
      var sums = [Int16](repeating: 0, count: count)
      var lines = [[UInt8]](repeating: Array(repeating: 0, count: 2 * count + width), count: 2)
      for y in 0..<height {
        planes.blueChroma.fillLine(y, of: planes, &sums, &lines[0])
        planes.redChroma.fillLine(y, of: planes, &sums, &lines[1])
        planes.luma.withPixels { luma, stride in
          kernels.jpeg_colours(luma + y * stride, lines[0], lines[1], colours + y * width * 3, width)
        }
      }
    }
  }
}

extension Plane {
  /// The chroma of a line of luma.
  fileprivate func fillLine(_ y: Int, of planes: Image.JPEGPlanes, _ sums: inout [Int16], _ line: inout [UInt8]) {
    let kernels = PixelKernels.widest
    withPixels { pixels, stride in
      let near = pixels + (planes.isHalfAsHigh ? y / 2 : y) * stride
      if planes.isHalfAsWide, width <= 2 {
        for x in 0..<2 * width { line[x] = near[x / 2] }
        return
      }
      let other = y.isMultiple(of: 2) ? y / 2 - 1 : y / 2 + 1
      let far = pixels + min(max(other, 0), height - 1) * stride
      switch (planes.isHalfAsWide, planes.isHalfAsHigh) {
      case (true, true):
        kernels.weigh_bytes(near, far, 3, 1, &sums, width)
        kernels.widen_chroma(sums, CKWidening(leftBias: 8, rightBias: 7, shift: 4), &line, width)
      case (true, false):
        kernels.weigh_bytes(near, near, 1, 0, &sums, width)
        kernels.widen_chroma(sums, CKWidening(leftBias: 1, rightBias: 2, shift: 2), &line, width)
      case (false, true):
        kernels.weigh_bytes(near, far, 3, 1, &sums, width)
        let bias: Int16 = y.isMultiple(of: 2) ? 1 : 2
        for x in 0..<width { line[x] = UInt8((sums[x] + bias) >> 2) }
      case (false, false):
        for x in 0..<width { line[x] = near[x] }
      }
    }
  }
}
