/// A picture to look at, in the form it came in. Of planes only those pixels become colours that are sampled.
public enum Picture: Sendable {
  case rgb(Image)
  case planar(PlanarImage)

  public static let none = Picture.rgb(Image(width: 0, height: 0))

  public var width: Int {
    switch self {
    case .rgb(let image): image.width
    case .planar(let image): image.width
    }
  }

  public var height: Int {
    switch self {
    case .rgb(let image): image.height
    case .planar(let image): image.height
    }
  }

  public subscript(x: Int, y: Int) -> Colour {
    switch self {
    case .rgb(let image):
      let start = (y * image.width + x) * 3
      return Colour(image.pixels[start], image.pixels[start + 1], image.pixels[start + 2])
    case .planar(let image): return image[x, y]
    }
  }

  /// The whole picture in RGB.
  public var image: Image {
    switch self {
    case .rgb(let image): image
    case .planar(let image): image.image
    }
  }

  /// As ``Image/sample(columns:rows:border:scaling:into:rowStride:planeStride:)``, in either form.
  public func sample(
    columns: SamplingAxis, rows: SamplingAxis, border: SamplingBorder, scaling: PixelScaling,
    into planes: UnsafeMutablePointer<Float>, rowStride: Int, planeStride: Int
  ) {
    switch self {
    case .rgb(let image):
      image.sample(
        columns: columns, rows: rows, border: border, scaling: scaling, into: planes, rowStride: rowStride,
        planeStride: planeStride)
    case .planar(let image):
      image.sample(
        columns: columns, rows: rows, border: border, scaling: scaling, into: planes, rowStride: rowStride,
        planeStride: planeStride)
    }
  }
}
