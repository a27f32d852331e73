/// How a grid sample reads between and beyond pixels.
public struct GridSampling: Hashable, Sendable {
  public enum Mode: Hashable, Sendable { case nearest, linear, cubic }
  public enum Padding: Hashable, Sendable { case zeros, border, reflection }

  public var mode: Mode = .linear
  public var padding: Padding = .zeros
  /// Whether -1 and 1 are the centres of the corner pixels instead of their outer edges.
  public var alignsCorners = false

  public init() {}
}

extension Operation {
  /// data N×C×H×W, grid N×h×w×2 of positions (x, y) from -1 to 1 → N×C×h×w (Jaderberg et al., "Spatial Transformer
  /// Networks", 2015; the ONNX operator GridSample).
  public static func gridSample(_ parameters: GridSampling) -> Operation {
    .plain(PlainOperation(GridSample(parameters: parameters)))
  }
}

private struct GridSample: Operator {
  var parameters: GridSampling

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let (image, grid) = (try operands.imageType().shape, try operands.floatType(1, "grid").shape)
    guard grid.count == 4, grid[3] == 2, grid[0] == image[0] else {
      throw InferenceError(.invalidGraph, "the grid \(grid) does not fit the data \(image)")
    }
    guard image[2] > 0, image[3] > 0 else { throw InferenceError(.invalidGraph, "there are no pixels in \(image)") }
    return [TensorType([image[0], image[1], grid[1], grid[2]])]
  }

  func work(_ operands: Operands, _ types: [TensorType]) -> Int { .max }

  func keepsItemsApart(_ operands: Operands) -> Bool { operands.areAligned && !operands.isShared(1) }

  /// Each position's taps are found once and used for all channels.
  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (x, grid) = (try operands.tensor(0), try operands.tensor(1))
    let (channels, height, width) = (x.shape[1], x.shape[2], x.shape[3])
    let positions = grid.shape[1] * grid.shape[2]
    let result = try Tensor(shape: types[0].shape) { (output: UnsafeMutableBufferPointer<Float>) in
      x.withFloats { x in
        grid.withFloats { grid in
          for item in 0..<types[0].shape[0] {
            for position in 0..<positions {
              let place = (item * positions + position) * 2
              let columns = Taps(grid[place], size: width, parameters)
              let rows = Taps(grid[place + 1], size: height, parameters)
              for channel in 0..<channels {
                let plane = (item * channels + channel) * height * width
                output[(item * channels + channel) * positions + position] = rows.sum { row in
                  columns.sum { x[plane + row * width + $0] }
                }
              }
            }
          }
        }
      }
    }
    return [result]
  }
}

/// Which pixels along one axis make a sample, and with what weights.
private struct Taps {
  private var indices = SIMD4<Int>()
  private var weights = SIMD4<Float>()
  private var count = 0

  init(_ coordinate: Float, size: Int, _ parameters: GridSampling) {
    let length = Float(size)
    var source = parameters.alignsCorners ? (coordinate + 1) / 2 * (length - 1) : ((coordinate + 1) * length - 1) / 2
    if parameters.mode == .nearest { source = source.rounded(.toNearestOrEven) }
    // Cubic taps are moved inside one by one, below.
    if parameters.mode != .cubic { source = parameters.padding.inside(source, size: size, parameters) }
    // What is so far out that it doesn't count as a position is in the middle of nothing.
    guard abs(source) <= 0x1p24 else {
      if parameters.padding != .zeros { append(0, source.isNaN ? .nan : 1, size, parameters) }
      return
    }
    let base = source.rounded(.down)
    switch parameters.mode {
    case .nearest: append(Int(source), 1, size, parameters)
    case .linear:
      append(Int(base), 1 - (source - base), size, parameters)
      append(Int(base) + 1, source - base, size, parameters)
    case .cubic:
      for (offset, weight) in zip(-1...2, cubicWeights(source - base, -0.75)) {
        append(Int(base) + offset, weight, size, parameters)
      }
    }
  }

  /// Nothing where the pixel does not exist and counts as zero.
  private mutating func append(_ index: Int, _ weight: Float, _ size: Int, _ parameters: GridSampling) {
    if parameters.padding == .zeros, !(0..<size).contains(index) { return }
    let inside = parameters.padding.inside(Float(index), size: size, parameters)
    indices[count] = min(max(Int(inside), 0), size - 1)
    weights[count] = weight
    count += 1
  }

  @inline(__always)
  func sum(_ value: (Int) -> Float) -> Float {
    var sum: Float = 0
    for tap in 0..<count { sum += value(indices[tap]) * weights[tap] }
    return sum
  }
}

extension GridSampling.Padding {
  /// The coordinate brought into the image, but for zeros.
  fileprivate func inside(_ source: Float, size: Int, _ parameters: GridSampling) -> Float {
    let last = Float(size - 1)
    let (low, high): (Float, Float) = parameters.alignsCorners ? (0, last) : (-0.5, last + 0.5)
    guard self != .zeros, source < low || source > high, source.isFinite else { return source }
    guard self == .reflection else { return min(max(source, 0), last) }
    guard high > low else { return 0 }
    let distance = source < low ? low - source : source - high
    let rest = distance.truncatingRemainder(dividingBy: high - low)
    let isEven = (distance / (high - low)).rounded(.down).truncatingRemainder(dividingBy: 2) == 0
    return (source < low) == isEven ? low + rest : high - rest
  }
}
