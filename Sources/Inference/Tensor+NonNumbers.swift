/// Floats that stand for no number.
extension Tensor {
  /// Whether a float is NaN. Integers never are. Throws what making the elements of a deferred tensor throws.
  public func hasNaN() throws -> Bool {
    guard elementType == .float32 else { return false }
    return try loaded().withFloats { floats in
      var found = false
      for value in floats { found = found || value != value }
      return found
    }
  }

  /// Whether a float is NaN or infinite. Throws like `hasNaN`.
  public func hasNonNumbers() throws -> Bool {
    guard elementType == .float32 else { return false }
    return try loaded().withFloats { floats in
      var found = false
      for value in floats { found = found || !(value.magnitude < .infinity) }
      return found
    }
  }
}
