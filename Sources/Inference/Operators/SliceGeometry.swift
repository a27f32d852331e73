/// Which elements of the data a slice takes, one start and step an axis.
struct SliceGeometry {
  var starts: [Int]
  var steps: [Int]
  var shape: [Int]

  /// Reads starts, ends, axes and steps (inputs 1 to 4) with ONNX's clamping rules.
  init(_ operands: Operands) throws {
    let data = try operands.type(0).shape
    let starts = try operands.integers(1, "starts")
    let ends = try operands.integers(2, "ends")
    let axes = try resolvedAxes(
      operands.optionalIntegers(3, "axes") ?? Array(0..<starts.count), rank: data.count)
    let steps = try operands.optionalIntegers(4, "steps") ?? starts.map { _ in 1 }
    guard starts.count == ends.count, starts.count == axes.count, starts.count == steps.count else {
      throw InferenceError(.invalidGraph, "starts, ends, axes and steps differ in length")
    }
    self.starts = data.map { _ in 0 }
    self.steps = data.map { _ in 1 }
    shape = data
    for (index, axis) in axes.enumerated() {
      let (size, step) = (data[axis], steps[index])
      guard step != 0, step != .min else { throw InferenceError(.invalidGraph, "cannot step by \(step)") }
      let bounds = step > 0 ? 0...size : -1...(size - 1)
      func clamped(_ position: Int) -> Int {
        let fromFront = position < 0 ? max(position, -size - 1) + size : position
        return min(max(fromFront, bounds.lowerBound), bounds.upperBound)
      }
      let start = step > 0 ? clamped(starts[index]) : min(max(clamped(starts[index]), 0), size - 1)
      let end = clamped(ends[index])
      let span = step > 0 ? end - start : start - end
      let magnitude = abs(step)
      self.starts[axis] = max(start, 0)
      shape[axis] = span <= 0 || size == 0 ? 0 : (span - 1) / magnitude + 1
      // A step beyond the axis takes one element; keeping it small keeps later products small.
      self.steps[axis] = shape[axis] <= 1 ? 1 : step
    }
  }
}
