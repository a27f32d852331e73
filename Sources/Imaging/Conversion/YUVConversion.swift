/// The way between R'G'B' and Y'CbCr of 8 bits, with the luma coefficients of ITU-R BT.601, BT.709 or BT.2020.
struct YUVConversion {
  /// The shares of red, green and blue in luma.
  let red, green, blue: Float
  /// The level of black, and what a level of colour is in levels of luma and of chroma.
  let lumaZero, lumaScale, chromaScale: Float

  init(matrix: PlanarImage.Matrix, isFullRange: Bool) {
    (red, blue) =
      switch matrix {
      case .bt601: (0.299, 0.114)
      case .bt709: (0.2126, 0.0722)
      case .bt2020: (0.2627, 0.0593)
      }
    green = 1 - red - blue
    lumaZero = isFullRange ? 0 : 16
    lumaScale = isFullRange ? 1 : 219 / 255
    chromaScale = isFullRange ? 1 : 224 / 255
  }

  /// Levels of luma and of blue and red chroma for levels of R, G and B in 0…255.
  @inline(__always)
  func levels(_ r: Float, _ g: Float, _ b: Float) -> (luma: Float, blueChroma: Float, redChroma: Float) {
    let y = red * r + green * g + blue * b
    return (
      lumaZero + lumaScale * y,
      128 + chromaScale * (b - y) / (2 * (1 - blue)),
      128 + chromaScale * (r - y) / (2 * (1 - red))
    )
  }

  /// Levels of R, G and B for levels of luma and chroma.
  @inline(__always)
  func colours(_ luma: Float, _ blueChroma: Float, _ redChroma: Float) -> (red: Float, green: Float, blue: Float) {
    let y = (luma - lumaZero) / lumaScale
    let r = y + 2 * (1 - red) * (redChroma - 128) / chromaScale
    let b = y + 2 * (1 - blue) * (blueChroma - 128) / chromaScale
    return (r, (y - red * r - blue * b) / green, b)
  }

  func bytes(_ colour: Colour) -> (luma: UInt8, blueChroma: UInt8, redChroma: UInt8) {
    let levels = levels(Float(colour.red), Float(colour.green), Float(colour.blue))
    return (levels.luma.roundedByte, levels.blueChroma.roundedByte, levels.redChroma.roundedByte)
  }
}

extension Float {
  /// The nearest byte.
  @inline(__always)
  var roundedByte: UInt8 { UInt8(Swift.max(0, Swift.min(255, self + 0.5))) }
}
