internal import Inference

extension ONNXOperator {
  static let constants: [String: ONNXOperator] = [
    "Constant": ONNXOperator(0...0) { importer, node in
      guard let tensor = try importer.constantValue(of: node) else {
        try node.attributes.requireAllRead()
        throw node.error(.malformed, "it has no value")
      }
      importer.emit(tensor, for: node)
    },
    "ConstantOfShape": ONNXOperator(1) { importer, node in
      let value = try node.attributes.tensor("value").map { try importer.tensor($0, called: node.outputs.first ?? "") }
      let number = value.map(\.numbers) ?? [0]
      guard number.count == 1, value?.elementType != .int64 || Double(Float(number[0])) == number[0] else {
        throw node.error(.unsupported, "its value is not one number that a float holds exactly")
      }
      let operation = Operation.constantOfShape(value: Float(number[0]), value?.elementType ?? .float32)
      try importer.emit(operation, node.inputs, for: node)
    },
    "Range": .direct(3, .range),
    "Cast": ONNXOperator(1, cast),
  ]

  /// Every float type becomes float32, integers become int64; a Boolean is whether the number differs from zero.
  @Sendable private static func cast(_ importer: inout ONNXImporter, _ node: ONNXNode) throws {
    node.attributes.ignore("saturate")
    guard let number = try node.attributes.int("to"),
      let type = Int32(exactly: number).flatMap(ScalarType.init(onnxNumber:))
    else { throw node.error(.unsupported, "the element type that it converts to is not supported") }
    guard type == .bool else {
      return try importer.emit(.cast(type.isFloatingPoint ? .float32 : .int64), node.inputs, for: node)
    }
    let number32 = importer.step(.cast(.float32), node.inputs, of: node)
    let isZero = importer.step(.binary(.equal), [number32, importer.constant(0)], of: node)
    try importer.emit(.unary(.not), [isZero], for: node)
  }
}

extension ONNXImporter {
  fileprivate mutating func constantValue(of node: ONNXNode) throws -> Tensor? {
    if let array = try node.attributes.tensor("value") {
      return try tensor(array, called: node.outputs.first ?? "")
    }
    if let number = try node.attributes.float("value_float") { return Tensor(shape: [], [number]) }
    if let numbers = try node.attributes.floats("value_floats") { return Tensor(shape: [numbers.count], numbers) }
    if let number = try node.attributes.int("value_int") { return Tensor(shape: [], [Int64(number)]) }
    if let numbers = try node.attributes.ints("value_ints") {
      return Tensor(shape: [numbers.count], numbers.map(Int64.init))
    }
    return nil
  }
}

extension Tensor {
  fileprivate var numbers: [Double] {
    elementType == .float32 ? floats.map(Double.init) : integers.map(Double.init)
  }
}
