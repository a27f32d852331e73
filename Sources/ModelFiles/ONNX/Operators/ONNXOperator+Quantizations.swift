internal import Inference

/// Quantised networks compute in floats here: their weights become floats when the graph is optimised, and what lies
/// between layers is rounded to the numbers that the file says, so that results differ from those of integer kernels by
/// the last rounding at most.
extension ONNXOperator {
  static let quantizations: [String: ONNXOperator] = [
    "QuantizeLinear": ONNXOperator(2...3) { importer, node in
      node.attributes.ignore("saturate", "precision")
      let type = try node.scalarType("output_dtype") ?? node.input(2).flatMap { importer.type(of: $0) } ?? .uint8
      let axis = try node.attributes.axis("axis", 1)
      let operation = Operation.quantizeLinear(try node.range(of: type), axis: axis, blockSize: try node.blockSize())
      try importer.emit(operation, node.inputs, for: node, types: type)
    },
    "DequantizeLinear": ONNXOperator(2...3) { importer, node in
      node.attributes.ignore("output_dtype")
      let axis = try node.attributes.axis("axis", 1)
      let operation = Operation.dequantizeLinear(axis: axis, blockSize: try node.blockSize())
      try importer.emit(operation, node.inputs, for: node, types: .float32)
    },
    "DynamicQuantizeLinear": ONNXOperator(1) { try $0.emitDynamicQuantization(for: $1) },
    "QLinearConv": ONNXOperator(8...9, quantizedConvolution),
    "QLinearMatMul": ONNXOperator(8, quantizedProduct),
    "ConvInteger": ONNXOperator(2...4) { importer, node in
      let convolution = Operation.convolution(try node.convolution())
      try importer.emitInteger(convolution, zeroPointAxis: 0, for: node)
    },
    "MatMulInteger": ONNXOperator(2...4) { importer, node in
      try importer.emitInteger(.matrixMultiply, zeroPointAxis: nil, for: node)
    },
  ]

  /// x, its scale and zero point, weights, their scales and zero points, scale and zero point of the result, bias.
  @Sendable private static func quantizedConvolution(_ importer: inout ONNXImporter, _ node: ONNXNode) throws {
    let data = importer.step(.dequantizeLinear(axis: 1), Array(node.inputs[..<3]), of: node)
    let weights = importer.step(.dequantizeLinear(axis: 0), Array(node.inputs[3..<6]), of: node)
    var inputs = [data, weights]
    if let bias = node.input(8) {
      let scale = importer.step(.binary(.multiply), [node.inputs[1], node.inputs[4]], of: node)
      let floats = importer.step(.cast(.float32), [bias], of: node)
      inputs.append(importer.step(.binary(.multiply), [floats, scale], of: node))
    }
    let result = importer.step(.convolution(try node.convolution()), inputs, of: node)
    try importer.emitQuantized(result, scaleAt: 6, for: node)
  }

  /// a, its scale and zero point, b, its scales and zero points, scale and zero point of the result.
  @Sendable private static func quantizedProduct(_ importer: inout ONNXImporter, _ node: ONNXNode) throws {
    let a = importer.step(.dequantizeLinear(axis: -2), Array(node.inputs[..<3]), of: node)
    let b = importer.step(.dequantizeLinear(axis: -1), Array(node.inputs[3..<6]), of: node)
    let result = importer.step(.matrixMultiply, [a, b], of: node)
    try importer.emitQuantized(result, scaleAt: 6, for: node)
  }
}

extension ONNXNode {
  fileprivate func range(of type: ScalarType) throws -> IntegerRange {
    guard let range = type.integerRange, type.byteCount <= 2 else {
      throw error(.unsupported, "quantising to \(type) is not supported")
    }
    return IntegerRange(range)
  }

  fileprivate func blockSize() throws -> Int {
    let size = try attributes.int("block_size", 0)
    guard (0...Int(Int32.max)).contains(size) else { throw error(.malformed, "block_size is \(size)") }
    return size
  }
}

extension ONNXImporter {
  /// Quantises the result of a node by its inputs from `index` on.
  fileprivate mutating func emitQuantized(_ result: ValueID, scaleAt index: Int, for node: ONNXNode) throws {
    let type = self.type(of: node.inputs[index + 1]) ?? .uint8
    let inputs = [result] + node.inputs[index..<index + 2]
    try emit(.quantizeLinear(try node.range(of: type), axis: 1), inputs, for: node, types: type)
  }

  /// The product of integers, counted from their zero points. Sums beyond 2²⁴ are rounded to a few millionths.
  fileprivate mutating func emitInteger(
    _ operation: Operation, zeroPointAxis axis: Int?, for node: ONNXNode
  ) throws {
    var factors: [ValueID] = []
    for index in 0..<2 {
      var factor = step(.cast(.float32), [node.inputs[index]], of: node)
      if let zero = node.input(index + 2) {
        var floats = step(.cast(.float32), [zero], of: node)
        if index == 1, axis == 0, constant(of: zero)?.count != 1 {
          floats = step(.reshape(allowsZero: false), [floats, constant([-1, 1, 1, 1])], of: node)
        }
        factor = step(.binary(.subtract), [factor, floats], of: node)
      }
      factors.append(factor)
    }
    let rounded = step(.unary(.round), [step(operation, factors, of: node)], of: node)
    try emit(.cast(.int64), [rounded], for: node, types: .int32)
  }

  /// Quantises by the largest and smallest number there is, 0 included.
  fileprivate mutating func emitDynamicQuantization(for node: ONNXNode) throws {
    let zero = constant(0)
    func bound(_ reduction: Reduction, _ function: BinaryFunction, _ importer: inout ONNXImporter) -> ValueID {
      let all = importer.step(
        .reduce(reduction, keepsDimensions: false), [node.inputs[0], Graph.Node.absent], of: node)
      return importer.step(.binary(function), [all, zero], of: node)
    }
    let (high, low) = (bound(.max, .maximum, &self), bound(.min, .minimum, &self))
    let span = step(.binary(.subtract), [high, low], of: node)
    let scale = step(.binary(.divide), [span, constant(255)], of: node)
    let negative = step(.unary(.negate), [low], of: node)
    let quotient = step(.unary(.round), [step(.binary(.divide), [negative, scale], of: node)], of: node)
    let zeroPoint = step(.cast(.int64), [step(.activation(.clip(0, 255)), [quotient], of: node)], of: node)
    let range = IntegerRange(0...255)
    let data = step(.quantizeLinear(range, axis: 1), [node.inputs[0], scale, zeroPoint], of: node)
    give(data, as: 0, of: node, type: .uint8)
    give(scale, as: 1, of: node, type: .float32)
    give(zeroPoint, as: 2, of: node, type: .uint8)
  }
}
