/// What is known of the inputs of one node while shapes are inferred. Asking for something that is missing or malformed
/// throws an error that says which input it is; the caller adds the name of the node.
struct Operands {
  /// Thrown where a shape depends on a value that is not known before running.
  struct DataDependent: Error {}

  struct Operand {
    var type: TensorType
    var value: Tensor?
  }

  let all: [Operand?]

  init(_ all: [Operand?]) {
    self.all = all
  }

  init(_ tensors: [Tensor?]) {
    all = tensors.map { tensor in tensor.map { Operand(type: $0.type, value: $0) } }
  }

  func optionalType(_ index: Int) -> TensorType? {
    index < all.count ? all[index]?.type : nil
  }

  func type(_ index: Int, _ name: String = "data") throws -> TensorType {
    guard let type = optionalType(index) else {
      throw InferenceError(.invalidGraph, "input \(index) (\(name)) is missing")
    }
    return type
  }

  func floatType(_ index: Int, _ name: String = "data") throws -> TensorType {
    let type = try type(index, name)
    guard type.elementType == .float32 else {
      throw InferenceError(.unsupported, "input \(index) (\(name)) holds integers where floats are expected")
    }
    return type
  }

  /// A float image batch N×C×H×W.
  func imageType(_ index: Int = 0, _ name: String = "data") throws -> TensorType {
    let type = try floatType(index, name)
    guard type.rank == 4 else {
      throw InferenceError(
        .unsupported, "input \(index) (\(name)) has \(type.rank) dimensions; only N×C×H×W is supported here")
    }
    return type
  }

  /// Checks an optional per-channel vector.
  func checkVector(_ index: Int, _ name: String, count: Int) throws {
    guard let type = optionalType(index) else { return }
    guard type.elementType == .float32, type.count == count else {
      throw InferenceError(.invalidGraph, "input \(index) (\(name)) is \(type), not \(count) floats")
    }
  }

  /// The value of a parameter such as axes or sizes, or nil where it is not given.
  func optionalIntegers(_ index: Int, _ name: String) throws -> [Int]? {
    guard index < all.count, let operand = all[index] else { return nil }
    guard let value = operand.value else { throw DataDependent() }
    guard value.shape.count <= 1 else {
      throw InferenceError(.invalidGraph, "input \(index) (\(name)) must be a vector")
    }
    switch value.elementType {
    case .int64: return value.integers.map { Int($0) }
    case .float32: return value.floats.map { Int(saturating: $0) }
    }
  }

  func integers(_ index: Int, _ name: String) throws -> [Int] {
    guard let integers = try optionalIntegers(index, name) else {
      throw InferenceError(.invalidGraph, "input \(index) (\(name)) is missing")
    }
    return integers
  }

  func optionalFloats(_ index: Int, _ name: String) throws -> [Float]? {
    guard index < all.count, let operand = all[index] else { return nil }
    guard let value = operand.value else { throw DataDependent() }
    switch value.elementType {
    case .int64: return value.integers.map { Float($0) }
    case .float32: return value.floats
    }
  }

  func optionalScalar(_ index: Int, _ name: String) throws -> Float? {
    guard let floats = try optionalFloats(index, name) else { return nil }
    guard floats.count == 1 else {
      throw InferenceError(.invalidGraph, "input \(index) (\(name)) must be one number")
    }
    return floats[0]
  }
}

extension FixedWidthInteger {
  /// Truncates toward zero; what does not fit goes to the nearest end, and not-a-number to 0.
  init(saturating value: Float) {
    if value.isNaN {
      self = 0
    } else if let exact = Self(exactly: value.rounded(.towardZero)) {
      self = exact
    } else {
      self = value < 0 ? .min : .max
    }
  }
}

/// `axis` counted from the front; negative ones count from the back.
func resolvedAxis(_ axis: Int, rank: Int) throws -> Int {
  guard axis >= -rank, axis < rank else {
    throw InferenceError(.invalidGraph, "axis \(axis) does not exist: the tensor has \(rank) dimensions")
  }
  return axis < 0 ? axis + rank : axis
}

func resolvedAxes(_ axes: [Int], rank: Int) throws -> [Int] {
  let resolved = try axes.map { try resolvedAxis($0, rank: rank) }
  guard Set(resolved).count == resolved.count else {
    throw InferenceError(.invalidGraph, "the axes \(axes) name one twice")
  }
  return resolved
}

/// NumPy's rule: shapes are aligned at the back, ones are stretched.
func broadcastShape(_ a: [Int], _ b: [Int]) throws -> [Int] {
  let rank = max(a.count, b.count)
  return try (0..<rank).map { index in
    let left = index + a.count - rank
    let right = index + b.count - rank
    let (m, n) = (left < 0 ? 1 : a[left], right < 0 ? 1 : b[right])
    guard m == n || m == 1 || n == 1 else {
      throw InferenceError(.invalidGraph, "the shapes \(a) and \(b) do not broadcast")
    }
    return m == 1 ? n : m
  }
}
