extension PlanarImage {
  /// The picture in 4:2:0, chroma from the mean colour of the pixels that share a sample.
  public init(_ image: Image, matrix: Matrix = .bt709, isFullRange: Bool = false) {
    let (width, height) = (image.width, image.height)
    let chromaCount = ((width + 1) / 2) * ((height + 1) / 2)
    self.init(
      width: width, height: height, matrix: matrix, isFullRange: isFullRange,
      luma: [UInt8](repeating: 0, count: width * height),
      blueChroma: [UInt8](repeating: 128, count: chromaCount), redChroma: [UInt8](repeating: 128, count: chromaCount))
    let conversion = YUVConversion(matrix: matrix, isFullRange: isFullRange)
    let chromaWidth = chromaWidth
    image.pixels.withUnsafeBufferPointer { pixels in
      for y in 0..<chromaHeight {
        for x in 0..<chromaWidth {
          var sum = SIMD3<Float>(repeating: 0)
          var count: Float = 0
          for row in 2 * y..<min(2 * y + 2, height) {
            for column in 2 * x..<min(2 * x + 2, width) {
              let index = row * width + column
              let color = SIMD3(
                Float(pixels[index * 3]), Float(pixels[index * 3 + 1]), Float(pixels[index * 3 + 2]))
              luma[index] = conversion.levels(color.x, color.y, color.z).luma.roundedByte
              sum += color
              count += 1
            }
          }
          let mean = sum / count
          let levels = conversion.levels(mean.x, mean.y, mean.z)
          blueChroma[y * chromaWidth + x] = levels.blueChroma.roundedByte
          redChroma[y * chromaWidth + x] = levels.redChroma.roundedByte
        }
      }
    }
  }

  /// The picture in RGB; pixels that share a chroma sample get the same.
  public var image: Image {
    var result = Image(width: width, height: height)
    let conversion = YUVConversion(matrix: matrix, isFullRange: isFullRange)
    let (width, chromaWidth) = (width, chromaWidth)
    result.pixels.withUnsafeMutableBufferPointer { output in
      for y in 0..<height {
        for x in 0..<width {
          let chroma = y / 2 * chromaWidth + x / 2
          let color = conversion.colors(
            Float(luma[y * width + x]), Float(blueChroma[chroma]), Float(redChroma[chroma]))
          let index = (y * width + x) * 3
          output[index] = color.red.roundedByte
          output[index + 1] = color.green.roundedByte
          output[index + 2] = color.blue.roundedByte
        }
      }
    }
    return result
  }
}
