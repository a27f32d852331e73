/// How many elements go before and after each axis; negative counts cut.
struct PadGeometry {
  var before: [Int]
  var after: [Int]
  var shape: [Int]

  /// Reads pads and axes (inputs 1 and 3).
  init(_ operands: Operands, mode: PadMode) throws {
    let data = try operands.type(0).shape
    let pads = try operands.integers(1, "pads")
    let axes = try resolvedAxes(
      operands.optionalIntegers(3, "axes") ?? Array(0..<data.count), rank: data.count)
    guard pads.count == 2 * axes.count else {
      throw InferenceError(.invalidGraph, "\(pads.count) pads for \(axes.count) axes")
    }
    before = data.map { _ in 0 }
    after = before
    for (index, axis) in axes.enumerated() {
      before[axis] = pads[index]
      after[axis] = pads[index + axes.count]
    }
    shape = []
    for axis in data.indices {
      let size = data[axis]
      shape.append(try checkedSum(size, checkedSum(before[axis], after[axis])))
      let reach = max(before[axis], after[axis])
      let allowed =
        switch mode {
        case .constant: true
        case .edge: reach <= 0 || size > 0
        case .reflect: reach < max(size, 1)
        case .wrap: reach <= 0 || size > 0
        }
      guard allowed else {
        throw InferenceError(.invalidGraph, "axis \(axis) of \(size) elements cannot be padded by \(reach)")
      }
    }
  }

  /// For each axis, where every position of the result reads from; nil for the constant.
  func sources(_ data: [Int], _ mode: PadMode) -> [[Int?]] {
    data.indices.map { axis in
      let size = data[axis]
      return (0..<shape[axis]).map { position in
        let index = position - before[axis]
        if index >= 0, index < size { return index }
        return switch mode {
        case .constant: nil
        case .edge: min(max(index, 0), size - 1)
        case .reflect: index < 0 ? -index : 2 * (size - 1) - index
        case .wrap: (index % size + size) % size
        }
      }
    }
  }
}
