/// Between which pixels of a map those of an enlarged one lie, along one axis (PyTorch's `interpolate` with `bilinear`).
struct ScalingTaps: Sendable {
  private(set) var first: [Int] = []
  private(set) var second: [Int] = []
  /// Of the second pixel.
  private(set) var weight: [Float] = []

  /// - Parameter alignsCorners: Whether the centres of the outer pixels stay in place, rather than the outer edges.
  init(from source: Int, to target: Int, alignsCorners: Bool) {
    let scale =
      alignsCorners ? (target > 1 ? Float(source - 1) / Float(target - 1) : 0) : Float(source) / Float(target)
    for index in 0..<target {
      let position = alignsCorners ? scale * Float(index) : max(0, scale * (Float(index) + 0.5) - 0.5)
      let pixel = min(Int(position), source - 1)
      first.append(pixel)
      second.append(min(pixel + 1, source - 1))
      weight.append(position - Float(pixel))
    }
  }
}
