internal import Inference

/// The memory of a compiled network's values. Pointers handed out live as long as this does.
final class Storage {
  let specialised: SpecialisedGraph
  private let plan: MemoryPlan
  private let arena: Arena
  /// Constants that steps read where they are.
  private var kept: [Graph.ValueID: Tensor] = [:]
  /// Values whose shape depends on the data.
  var dynamic: [Graph.ValueID: Tensor] = [:]

  init(_ specialised: SpecialisedGraph) throws {
    self.specialised = specialised
    plan = try MemoryPlan(specialised, inPlace: \.overwritableInputs)
    arena = try Arena(byteCount: plan.byteCount)
  }

  func shape(_ value: Graph.ValueID) -> [Int]? {
    value == Graph.Node.absent ? nil : specialised.types[value]?.shape
  }

  func constant(_ value: Graph.ValueID) -> Tensor? {
    value == Graph.Node.absent ? nil : specialised.graph.values[value].constant
  }

  /// Where a float value lies, constant or not; nil where it is not given or of another kind.
  func floats(_ value: Graph.ValueID) -> UnsafePointer<Float>? {
    guard value != Graph.Node.absent, specialised.types[value]?.elementType == .float32 else { return nil }
    if let tensor = try? constant(value)?.loaded() {
      // Its memory stays where it is for as long as the tensor is kept.
      kept[value] = tensor
      return tensor.withFloats { $0.baseAddress }
    }
    return mutableFloats(value).map { UnsafePointer($0) }
  }

  func mutableFloats(_ value: Graph.ValueID) -> UnsafeMutablePointer<Float>? {
    guard specialised.types[value]?.elementType == .float32, let offset = plan.offsets[value] else { return nil }
    return (arena.base + offset).assumingMemoryBound(to: Float.self)
  }

  func tensor(_ value: Graph.ValueID) throws -> Tensor? {
    if let tensor = constant(value) ?? dynamic[value] { return tensor }
    guard let type = specialised.types[value], let offset = plan.offsets[value] else { return nil }
    let from = UnsafeRawBufferPointer(start: arena.base + offset, count: type.byteCount)
    switch type.elementType {
    case .float32:
      return try Tensor(shape: type.shape, fillingFloats: { UnsafeMutableRawBufferPointer($0).copyMemory(from: from) })
    case .int64:
      return try Tensor(
        shape: type.shape, fillingIntegers: { UnsafeMutableRawBufferPointer($0).copyMemory(from: from) })
    }
  }

  func set(_ value: Graph.ValueID, _ tensor: Tensor) {
    guard let offset = plan.offsets[value] else {
      dynamic[value] = tensor
      return
    }
    let target = UnsafeMutableRawBufferPointer(start: arena.base + offset, count: tensor.type.byteCount)
    switch tensor.elementType {
    case .float32: tensor.withFloats { target.copyMemory(from: UnsafeRawBufferPointer($0)) }
    case .int64: tensor.withIntegers { target.copyMemory(from: UnsafeRawBufferPointer($0)) }
    }
  }
}

extension Graph.Node {
  /// Inputs that may become the output: each element is read before it is written, by the same thread.
  fileprivate var overwritableInputs: [Int] {
    switch operation {
    case .activation, .batchNormalization, .parametricRelu, .roundToGrid: [0]
    case .binary(let function): function.isPredicate ? [] : [0, 1]
    case .convolution: [3]
    default: []
    }
  }
}
