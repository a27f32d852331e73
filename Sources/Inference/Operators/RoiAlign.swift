/// How regions are cut out of feature maps.
public struct RegionAlignment: Hashable, Sendable {
  public var height = 1
  public var width = 1
  /// Samples along each side of a cell; 0 for as many as the cell has pixels.
  public var samples = 0
  /// Pixels of the data a unit of the regions' coordinates.
  public var scale: Float = 1
  /// Whether pixel centres lie at half coordinates.
  public var centersPixels = true
  /// Whether the largest sample counts instead of the mean.
  public var takesMaximum = false

  public init() {}
}

extension Operation {
  /// data N×C×H×W, regions K×4 (x1, y1, x2, y2), the region's item in the batch (int64) → K×C×height×width (He et al.,
  /// "Mask R-CNN", 2017; the ONNX operator RoiAlign).
  public static func roiAlign(_ parameters: RegionAlignment) -> Operation {
    .plain(PlainOperation(RoiAlign(parameters: parameters)))
  }
}

private struct RoiAlign: Operator {
  var parameters: RegionAlignment

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let (image, regions) = (try operands.imageType().shape, try operands.floatType(1, "regions").shape)
    let items = try operands.integerType(2, "items").shape
    guard regions.count == 2, regions[1] == 4, items == [regions[0]] else {
      throw InferenceError(.invalidGraph, "the regions \(regions) and items \(items) do not fit together")
    }
    return [TensorType([regions[0], image[1], parameters.height, parameters.width])]
  }

  func work(_ operands: Operands, _ types: [TensorType]) -> Int { .max }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (x, regions) = (try operands.tensor(0), try operands.tensor(1).floats)
    let (channels, height, width) = (x.shape[1], x.shape[2], x.shape[3])
    let items = try operands.tensor(2).integers.map { try resolvedIndex($0, size: x.shape[0], axis: 0) }
    let area = parameters.height * parameters.width
    let result = try Tensor(shape: types[0].shape) { (output: UnsafeMutableBufferPointer<Float>) in
      try x.withFloats { x in
        for (region, item) in items.enumerated() {
          let (left, top) = (regions[region * 4], regions[region * 4 + 1])
          let (right, bottom) = (regions[region * 4 + 2], regions[region * 4 + 3])
          let rows = try lines(from: top, to: bottom, size: height, parameters.height)
          let columns = try lines(from: left, to: right, size: width, parameters.width)
          for channel in 0..<channels {
            let plane = (item * channels + channel) * height * width
            for cell in 0..<area {
              output[(region * channels + channel) * area + cell] = summary(
                rows[cell / parameters.width], columns[cell % parameters.width]
              ) { x[plane + $0 * width + $1] }
            }
          }
        }
      }
    }
    return [result]
  }

  /// A sample's place along one axis, between two pixels; nil outside the image.
  private struct Sample {
    var low: Int
    var high: Int
    var weight: Float
  }

  /// The samples of each cell along one axis.
  private func lines(from start: Float, to end: Float, size: Int, _ cells: Int) throws -> [[Sample?]] {
    let offset: Float = parameters.centersPixels ? 0.5 : 0
    let first = start * parameters.scale - offset
    var extent = end * parameters.scale - offset - first
    if !parameters.centersPixels { extent = max(extent, 1) }
    let cell = extent / Float(cells)
    let count = parameters.samples > 0 ? parameters.samples : max(0, Int(saturating: cell.rounded(.up)))
    // A cell that is larger than the image by this much has been made up.
    guard count <= 1 << 14 else { throw InferenceError(.invalidInput, "a region reaches from \(start) to \(end)") }
    return (0..<cells).map { index in
      (0..<count).map { sample in
        let place = first + Float(index) * cell + (Float(sample) + 0.5) * cell / Float(count)
        guard place >= -1, place <= Float(size) else { return nil }
        let inside = max(place, 0)
        let low = min(Int(inside), size - 1)
        return Sample(low: low, high: min(low + 1, size - 1), weight: low < size - 1 ? inside - Float(low) : 0)
      }
    }
  }

  @inline(__always)
  private func summary(_ rows: [Sample?], _ columns: [Sample?], _ pixel: (Int, Int) -> Float) -> Float {
    var (sum, largest): (Float, Float) = (0, -.infinity)
    for row in rows {
      for column in columns {
        guard let row, let column else {
          largest = max(largest, 0)
          continue
        }
        let topLeft = pixel(row.low, column.low) * (1 - row.weight) * (1 - column.weight)
        let topRight = pixel(row.low, column.high) * (1 - row.weight) * column.weight
        let bottomLeft = pixel(row.high, column.low) * row.weight * (1 - column.weight)
        let bottomRight = pixel(row.high, column.high) * row.weight * column.weight
        sum += topLeft + topRight + bottomLeft + bottomRight
        largest = max(largest, topLeft, topRight, bottomLeft, bottomRight)
      }
    }
    let count = rows.count * columns.count
    return count == 0 ? 0 : parameters.takesMaximum ? largest : sum / Float(count)
  }
}
