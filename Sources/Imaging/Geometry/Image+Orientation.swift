extension Image {
  /// Left and right exchanged.
  public func mirrored() -> Image {
    var result = Image(width: width, height: height)
    pixels.withUnsafeBufferPointer { input in
      result.pixels.withUnsafeMutableBufferPointer { output in
        for y in 0..<height {
          for x in 0..<width {
            let (from, to) = ((y * width + width - 1 - x) * 3, (y * width + x) * 3)
            output[to] = input[from]
            output[to + 1] = input[from + 1]
            output[to + 2] = input[from + 2]
          }
        }
      }
    }
    return result
  }
}
