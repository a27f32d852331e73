internal import Inference

extension ONNXOperator {
  static let constants: [String: ONNXOperator] = [
    "Constant": ONNXOperator(0...0) { importer, node in
      guard let (tensor, type) = try importer.constantValue(of: node) else {
        try node.attributes.requireAllRead()
        throw node.error(.malformed, "it has no value")
      }
      importer.emit(tensor, for: node, type: type)
    },
    "ConstantOfShape": ONNXOperator(1) { importer, node in
      let array = try node.attributes.tensor("value")
      let value = try array.map { try importer.tensor($0, called: node.outputs.first ?? "") }
      let number = value.map(\.numbers) ?? [0]
      guard number.count == 1, value?.elementType != .int64 || Double(Float(number[0])) == number[0] else {
        throw node.error(.unsupported, "its value is not one number that a float holds exactly")
      }
      let operation = Operation.constantOfShape(value: Float(number[0]), value?.elementType ?? .float32)
      let type = array.flatMap { ScalarType(onnxNumber: $0.dataType) }
      try importer.emit(operation, node.inputs, for: node, types: type ?? .float32)
    },
    "Range": .direct(3, .range),
    "Cast": ONNXOperator(1) { importer, node in
      node.attributes.ignore("saturate", "round_mode")
      guard let type = try node.scalarType("to") else {
        throw node.error(.malformed, "it doesn't say what it converts to")
      }
      try importer.emitCast(to: type, for: node)
    },
    "CastLike": ONNXOperator(2) { importer, node in
      node.attributes.ignore("saturate", "round_mode")
      guard let type = importer.type(of: node.inputs[1]) else {
        throw node.error(.unsupported, "the element type that it converts to is not known")
      }
      try importer.emitCast(to: type, for: node)
    },
  ]
}

extension ClosedRange<Int> {
  fileprivate func covers(_ other: ClosedRange<Int>) -> Bool {
    contains(other.lowerBound) && contains(other.upperBound)
  }
}

extension ONNXNode {
  /// The element type that an attribute names by its number.
  func scalarType(_ name: String) throws -> ScalarType? {
    guard let number = try attributes.int(name), number != 0 else { return nil }
    guard let type = Int32(exactly: number).flatMap(ScalarType.init(onnxNumber:)) else {
      throw error(.unsupported, "the element type number \(number) of its attribute \(name) is not supported")
    }
    return type
  }
}

extension ONNXImporter {
  /// Every float type becomes float32, integers become int64 of which those bits are kept that the type has; a Boolean is
  /// whether the number differs from zero.
  fileprivate mutating func emitCast(to type: ScalarType, for node: ONNXNode) throws {
    let data = node.inputs[0]
    if type.isFloatingPoint { return try emit(.cast(.float32), [data], for: node, types: type) }
    if type == .bool {
      let number32 = step(.cast(.float32), [data], of: node)
      let isZero = step(.binary(.equal), [number32, constant(0)], of: node)
      return try emit(.unary(.not), [isZero], for: node, types: .bool)
    }
    guard let range = type.integerRange, let from = self.type(of: data), !from.isFloatingPoint, from != .bool,
      !range.covers(from.integerRange ?? Int.min...Int.max)
    else { return try emit(.cast(.int64), [data], for: node, types: type) }
    let (low, count) = (constant(integer: range.lowerBound), constant(integer: range.count))
    let shifted = step(.binary(.subtract), [step(.cast(.int64), [data], of: node), low], of: node)
    let rest = step(.binary(.modulo), [shifted, count], of: node)
    try emit(.binary(.add), [rest, low], for: node, types: type)
  }

  private mutating func constant(integer: Int) -> ValueID {
    constant(Tensor(shape: [], [Int64(integer)]))
  }

  fileprivate mutating func constantValue(of node: ONNXNode) throws -> (Tensor, ScalarType)? {
    if let array = try node.attributes.tensor("value") {
      return (try tensor(array, called: node.outputs.first ?? ""), ScalarType(onnxNumber: array.dataType) ?? .float32)
    }
    if let number = try node.attributes.float("value_float") { return (Tensor(shape: [], [number]), .float32) }
    if let numbers = try node.attributes.floats("value_floats") {
      return (Tensor(shape: [numbers.count], numbers), .float32)
    }
    if let number = try node.attributes.int("value_int") { return (Tensor(shape: [], [Int64(number)]), .int64) }
    if let numbers = try node.attributes.ints("value_ints") {
      return (Tensor(shape: [numbers.count], numbers.map(Int64.init)), .int64)
    }
    return nil
  }
}

extension Tensor {
  fileprivate var numbers: [Double] {
    elementType == .float32 ? floats.map(Double.init) : integers.map(Double.init)
  }
}
