extension PlanarImage {
  /// The picture in 4:2:0, chroma from the mean colour of the pixels that share a sample.
  public init(_ image: Image, matrix: Matrix = .bt709, isFullRange: Bool = false) {
    let (width, height) = (image.width, image.height)
    let (chromaWidth, chromaHeight) = ((width + 1) / 2, (height + 1) / 2)
    var luma = [UInt8](repeating: 0, count: width * height)
    var blueChroma = [UInt8](repeating: 128, count: chromaWidth * chromaHeight)
    var redChroma = blueChroma
    let conversion = YUVConversion(matrix: matrix, isFullRange: isFullRange)
    image.pixels.withUnsafeBufferPointer { pixels in
      for y in 0..<chromaHeight {
        for x in 0..<chromaWidth {
          var sum = SIMD3<Float>(repeating: 0)
          var count: Float = 0
          for row in 2 * y..<min(2 * y + 2, height) {
            for column in 2 * x..<min(2 * x + 2, width) {
              let index = row * width + column
              let colour = SIMD3(
                Float(pixels[index * 3]), Float(pixels[index * 3 + 1]), Float(pixels[index * 3 + 2]))
              luma[index] = conversion.levels(colour.x, colour.y, colour.z).luma.roundedByte
              sum += colour
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
    self.init(
      matrix: matrix, isFullRange: isFullRange, luma: Plane(width: width, height: height, bytes: luma),
      blueChroma: Plane(width: chromaWidth, height: chromaHeight, bytes: blueChroma),
      redChroma: Plane(width: chromaWidth, height: chromaHeight, bytes: redChroma))
  }

  public subscript(x: Int, y: Int) -> Colour {
    let colour = YUVConversion(matrix: matrix, isFullRange: isFullRange)
      .colours(Float(luma[x, y]), Float(blueChroma[x / 2, y / 2]), Float(redChroma[x / 2, y / 2]))
    return Colour(colour.red.roundedByte, colour.green.roundedByte, colour.blue.roundedByte)
  }

  /// The picture in RGB; pixels that share a chroma sample get the same.
  public var image: Image {
    var result = Image(width: width, height: height)
    let conversion = YUVConversion(matrix: matrix, isFullRange: isFullRange)
    let (width, chromaWidth) = (width, chromaWidth)
    let (luma, blueChroma, redChroma) = (luma.bytes, blueChroma.bytes, redChroma.bytes)
    result.pixels.withUnsafeMutableBufferPointer { output in
      for y in 0..<height {
        for x in 0..<width {
          let chroma = y / 2 * chromaWidth + x / 2
          let colour = conversion.colours(
            Float(luma[y * width + x]), Float(blueChroma[chroma]), Float(redChroma[chroma]))
          let index = (y * width + x) * 3
          output[index] = colour.red.roundedByte
          output[index + 1] = colour.green.roundedByte
          output[index + 2] = colour.blue.roundedByte
        }
      }
    }
    return result
  }
}
