extension Picture {
  /// The mean lightness and chroma (Y', Cb, Cr, 0…255) of each cell of a grid over the picture, row by row, from some pixels of each.
  func cells(columns: Int, rows: Int) -> [SIMD3<Float>] {
    guard width > 0, height > 0 else { return [] }
    switch self {
    case .rgb(let image):
      return image.pixels.withUnsafeBufferPointer { pixels in
        grid(columns, rows) { x, y in
          let start = (y * image.width + x) * 3
          let (red, green, blue) = (Float(pixels[start]), Float(pixels[start + 1]), Float(pixels[start + 2]))
          // ITU-R BT.601 with full range, as in JPEG files.
          let luma = 0.299 * red + 0.587 * green + 0.114 * blue
          return SIMD3(luma, (blue - luma) * 0.564 + 128, (red - luma) * 0.713 + 128)
        }
      }
    case .planar(let image):
      return image.luma.withPixels { luma, lumaStride in
        image.blueChroma.withPixels { blue, blueStride in
          image.redChroma.withPixels { red, redStride in
            grid(columns, rows) { x, y in
              SIMD3(
                Float(luma[y * lumaStride + x]), Float(blue[y / 2 * blueStride + x / 2]),
                Float(red[y / 2 * redStride + x / 2]))
            }
          }
        }
      }
    }
  }

  private func grid(_ columns: Int, _ rows: Int, _ pixel: (_ x: Int, _ y: Int) -> SIMD3<Float>) -> [SIMD3<Float>] {
    let across = Self.samples(columns, of: width)
    let down = Self.samples(rows, of: height)
    return down.flatMap { lines in
      across.map { places in
        var sum = SIMD3<Float>(repeating: 0)
        for y in lines {
          for x in places { sum += pixel(x, y) }
        }
        return sum / Float(lines.count * places.count)
      }
    }
  }

  /// Up to six pixels of each part of a side, evenly.
  private static func samples(_ parts: Int, of length: Int) -> [[Int]] {
    (0..<parts).map { part in
      let (start, end) = (part * length / parts, max(part * length / parts + 1, (part + 1) * length / parts))
      let count = min(6, end - start)
      return (0..<count).map { min(length - 1, start + (2 * $0 + 1) * (end - start) / (2 * count)) }
    }
  }
}
