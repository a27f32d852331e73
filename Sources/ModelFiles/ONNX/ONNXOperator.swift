internal import Inference

/// How one ONNX operator becomes nodes of a graph.
struct ONNXOperator: Sendable {
  typealias Conversion = @Sendable (inout ONNXImporter, ONNXNode) throws -> Void

  /// How many inputs it takes, with the optional ones.
  let inputs: ClosedRange<Int>
  let convert: Conversion

  init(_ inputs: ClosedRange<Int>, _ convert: @escaping Conversion) {
    self.inputs = inputs
    self.convert = convert
  }

  /// For operators that take a fixed number of inputs.
  init(_ inputs: Int, _ convert: @escaping Conversion) {
    self.init(inputs...inputs, convert)
  }

  /// An operator without attributes that is one operation of ours. `type` is that of the result, where it is not what the
  /// first input is.
  static func direct(_ inputs: Int, _ operation: Operation, type: ScalarType? = nil) -> ONNXOperator {
    ONNXOperator(inputs) { try $0.emit(operation, $1.inputs, for: $1, types: type) }
  }

  static let any = 1...(1 << 20)

  static let table: [String: ONNXOperator] = [
    convolutions, poolings, normalizations, activations, arithmetic, reductions, matrices, shapes, slices, resizing,
    constants, selections, quantizations, samplings,
  ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }
}
