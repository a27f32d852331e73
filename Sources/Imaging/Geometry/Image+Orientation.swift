extension Image {
  /// The pixels of the columns and rows given, as far as they lie in the picture.
  public func cropped(columns: Range<Int>, rows: Range<Int>) -> Image {
    let columns = columns.clamped(to: 0..<width)
    let rows = rows.clamped(to: 0..<height)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(columns.count * rows.count * 3)
    for y in rows {
      let row = y * width
      pixels += self.pixels[(row + columns.lowerBound) * 3..<(row + columns.upperBound) * 3]
    }
    return Image(width: columns.count, height: rows.count, pixels: pixels)
  }

  /// Left and right exchanged.
  public func mirrored() -> Image {
    rearranged(width: width, height: height) { x, y in (width - 1 - x, y) }
  }

  /// Turned clockwise by `quarters` right angles; negative numbers turn the other way.
  public func rotated(quarters: Int) -> Image {
    switch ((quarters % 4) + 4) % 4 {
    case 1: rearranged(width: height, height: width) { x, y in (y, height - 1 - x) }
    case 2: rearranged(width: width, height: height) { x, y in (width - 1 - x, height - 1 - y) }
    case 3: rearranged(width: height, height: width) { x, y in (width - 1 - y, x) }
    default: self
    }
  }

  /// A picture whose pixel (x, y) is this picture's pixel at `source(x, y)`.
  private func rearranged(width newWidth: Int, height newHeight: Int, source: (Int, Int) -> (Int, Int)) -> Image {
    var result = Image(width: newWidth, height: newHeight)
    pixels.withUnsafeBufferPointer { input in
      result.pixels.withUnsafeMutableBufferPointer { output in
        var index = 0
        for y in 0..<newHeight {
          for x in 0..<newWidth {
            let position = source(x, y)
            let origin = (position.1 * width + position.0) * 3
            output[index] = input[origin]
            output[index + 1] = input[origin + 1]
            output[index + 2] = input[origin + 2]
            index += 3
          }
        }
      }
    }
    return result
  }
}
