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
  /// What results may take whose size is found while they are computed.
  let byteLimit: Int

  init(_ all: [Operand?]) {
    self.all = all
    byteLimit = .max
  }

  init(_ tensors: [Tensor?], byteLimit: Int = .max) {
    all = tensors.map { tensor in tensor.map { Operand(type: $0.type, value: $0) } }
    self.byteLimit = byteLimit
  }

  /// A type of such a result, if it may be made.
  func permitted(_ type: TensorType) throws -> TensorType {
    guard try type.checked().byteCount <= byteLimit else {
      throw InferenceError(
        .unsupported,
        "its result \(type) would take \(type.byteCount >> 20) MB, which is more than the network may")
    }
    return type
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

  /// The value of an input that is known, or nil where it is not given. Kernels find all inputs known.
  func optionalTensor(_ index: Int) -> Tensor? {
    index < all.count ? all[index]?.value : nil
  }

  func tensor(_ index: Int) throws -> Tensor {
    guard let tensor = optionalTensor(index) else {
      throw InferenceError(.invalidGraph, "input \(index) is missing")
    }
    return tensor
  }

  func floatType(_ index: Int, _ name: String = "data") throws -> TensorType {
    let type = try type(index, name)
    guard type.elementType == .float32 else {
      throw InferenceError(.unsupported, "input \(index) (\(name)) holds integers where floats are expected")
    }
    return type
  }

  func integerType(_ index: Int, _ name: String) throws -> TensorType {
    let type = try type(index, name)
    guard type.elementType == .int64 else {
      throw InferenceError(.unsupported, "input \(index) (\(name)) holds floats where integers are expected")
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

  /// An axis of the data, counted from the front.
  func axis(_ axis: Int) throws -> Int {
    try resolvedAxis(axis, rank: type(0).rank)
  }

  func optionalScalar(_ index: Int, _ name: String) throws -> Float? {
    guard let floats = try optionalFloats(index, name) else { return nil }
    guard floats.count == 1 else {
      throw InferenceError(.invalidGraph, "input \(index) (\(name)) must be one number")
    }
    return floats[0]
  }

  /// Whether an input is known before running, or not given.
  func isShared(_ index: Int) -> Bool {
    index >= all.count || all[index] == nil || all[index]?.value != nil
  }

  /// Whether those inputs that differ from item to item have as many dimensions each, so that their items are aligned.
  var areAligned: Bool {
    Set(all.compactMap { $0?.value == nil ? $0?.type.rank : nil }).count <= 1
  }
}
