/// Output size and scale (output per input pixel) of every axis of a resize.
struct ResizeGeometry {
  var shape: [Int]
  var scales: [Float]

  /// Reads scales or sizes (inputs 2 and 3). Given scales are used as they are, as ONNX says, even where the rounded
  /// output size would imply slightly different ones.
  init(_ operands: Operands) throws {
    let data = try operands.floatType(0).shape
    guard data.allSatisfy({ $0 > 0 }) else { throw InferenceError(.invalidGraph, "nothing to resize in \(data)") }
    if let sizes = try operands.optionalIntegers(3, "sizes"), !sizes.isEmpty {
      guard sizes.count == data.count, sizes.allSatisfy({ $0 > 0 }) else {
        throw InferenceError(.invalidGraph, "cannot resize \(data) to \(sizes)")
      }
      shape = sizes
      scales = zip(sizes, data).map { Float($0) / Float($1) }
      return
    }
    guard let scales = try operands.optionalFloats(2, "scales"), !scales.isEmpty else {
      throw InferenceError(.invalidGraph, "neither scales nor sizes are given")
    }
    guard scales.count == data.count, scales.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw InferenceError(.invalidGraph, "cannot resize \(data) by \(scales)")
    }
    self.scales = scales
    shape = zip(data, scales).map { Int(saturating: (Float($0) * $1).rounded(.down)) }
    guard shape.allSatisfy({ $0 > 0 }) else {
      throw InferenceError(.invalidGraph, "nothing is left of \(data) scaled by \(scales)")
    }
  }
}
