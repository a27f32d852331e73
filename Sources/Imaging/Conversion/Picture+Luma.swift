extension Picture {
  /// How bright it is: the luma of planes, and of RGB that of BT.601.
  package var luma: Plane {
    switch self {
    case .planar(let image): return image.luma
    case .rgb(let image):
      return Plane(width: image.width, height: image.height) { target, stride in
        image.pixels.withUnsafeBufferPointer { pixels in
          for row in 0..<image.height {
            let line = target + row * stride
            let start = row * image.width * 3
            for x in 0..<image.width {
              let (red, green, blue) = (
                Int32(pixels[start + 3 * x]), Int32(pixels[start + 3 * x + 1]), Int32(pixels[start + 3 * x + 2])
              )
              // 0.299, 0.587 and 0.114 times 2^8.
              line[x] = UInt8(truncatingIfNeeded: (77 * red + 150 * green + 29 * blue + 128) >> 8)
            }
          }
        }
      }
    }
  }
}
