internal import Inference

/// Writes the nodes of an ONNX graph into a `GraphBuilder`, in an order in which every value is there before it is used.
struct ONNXImporter {
  typealias ValueID = Graph.ValueID

  let opset: Int
  /// The name of the file.
  var file: String { bytes.name }
  private(set) var builder = GraphBuilder()
  private var source: ProtoNetwork
  private let bytes: ByteSource
  /// Where weights that were left out of `source` lie in the file, by their place among its initializers.
  private let weightsInFile: [Int: Range<Int>]
  private(set) var externalData: ONNXExternalData
  private var values: [String: ValueID] = [:]
  /// What the elements of values are in the file; in the graph they are floats or 64-bit integers.
  private var types: [ValueID: ScalarType] = [:]
  /// Weights not yet converted: index in `source.initializer`.
  private var pendingWeights: [String: Int] = [:]

  init(
    _ source: consuming ProtoNetwork, opset: Int, source bytes: ByteSource, weights: [Int: Range<Int>],
    externalData: ONNXExternalData
  ) {
    self.source = source
    self.opset = opset
    self.bytes = bytes
    weightsInFile = weights
    self.externalData = externalData
  }

  mutating func importGraph() throws -> Graph {
    guard !source.output.isEmpty else {
      throw ModelFileError(.malformed, "\(file): the model has no outputs")
    }
    try registerWeights()
    try declareInputs()
    let order = try ONNXNodeOrder(source, file: file).indices
    try ONNXOperator.requireSupport(for: order.lazy.map { [source] in source.node[$0] }, in: file)
    for index in order {
      let node = source.node[index]
      source.node[index] = ProtoNode()
      try convert(node, at: index)
    }
    try declareOutputs()
    return builder.graph
  }

  // MARK: Writing nodes

  /// Writes the node that gives `node`'s outputs. The operation may have more `results` than the file uses.
  ///
  /// - Parameter types: What the results are in the file, where that is not what the first input is.
  mutating func emit(
    _ operation: Operation, _ inputs: [ValueID], for node: ONNXNode, results: Int = 1, types: ScalarType?...
  ) throws {
    if let extra = node.outputs.dropFirst(results).first(where: { !$0.isEmpty }) {
      throw node.error(.unsupported, "its further output \"\(extra)\" is not supported")
    }
    let names = (0..<results).map { $0 < node.outputs.count ? node.outputs[$0] : "" }
    let outputs = builder.node(operation, inputs, name: node.name, outputNames: names)
    for (index, value) in outputs.enumerated() {
      let given = index < types.count ? types[index] : nil
      self.types[value] = given ?? (operation.isPredicate ? .bool : node.inputs.first.flatMap { type(of: $0) })
      if !names[index].isEmpty { values[names[index]] = value }
    }
  }

  /// Makes a value that is there already the output `index` of `node`.
  mutating func give(_ value: ValueID, as index: Int, of node: ONNXNode, type: ScalarType) {
    guard index < node.outputs.count, !node.outputs[index].isEmpty else { return }
    types[value] = type
    values[node.outputs[index]] = value
  }

  /// What the value's elements are in the file; nil where no input of the node that gives it says.
  func type(of value: ValueID) -> ScalarType? { types[value] }

  /// Writes one step of a composite operator.
  mutating func step(_ operation: Operation, _ inputs: [ValueID], of node: ONNXNode) -> ValueID {
    builder.node(operation, inputs, name: node.name)[0]
  }

  mutating func constant(_ tensor: Tensor) -> ValueID {
    builder.constant(tensor)
  }

  mutating func constant(_ values: [Int]) -> ValueID {
    constant(Tensor(shape: [values.count], values.map(Int64.init)))
  }

  mutating func constant(_ value: Float) -> ValueID {
    constant(Tensor(shape: [], [value]))
  }

  /// Gives `node`'s output a value that is known now.
  mutating func emit(_ tensor: Tensor, for node: ONNXNode, type: ScalarType) {
    guard let name = node.outputs.first, !name.isEmpty else { return }
    let value = builder.constant(tensor, name: name)
    values[name] = value
    types[value] = type
  }

  mutating func tensor(_ array: ProtoArray, called name: String) throws -> Tensor {
    try Tensor(array, called: name, in: bytes, externalData: &externalData)
  }

  func constant(of value: ValueID) -> Tensor? {
    value == Graph.Node.absent ? nil : builder.graph.values[value].constant
  }

  // MARK: Values

  private mutating func convert(_ node: ProtoNode, at index: Int) throws {
    let inputs = try node.input.map { $0.isEmpty ? Graph.Node.absent : try value(named: $0) }
    let converted = ONNXNode(node, at: index, inputs: inputs, opset: opset, file: file)
    guard let converter = ONNXOperator.table[node.opType] else { return }
    guard converter.inputs.contains(inputs.count) else {
      throw converted.error(.malformed, "it has \(inputs.count) inputs")
    }
    if let missing = inputs.prefix(converter.inputs.lowerBound).firstIndex(of: Graph.Node.absent) {
      throw converted.error(.malformed, "its input \(missing) is missing")
    }
    try converter.convert(&self, converted)
    try converted.attributes.requireAllRead()
  }

  private mutating func value(named name: String) throws -> ValueID {
    if let value = values[name] { return value }
    guard let index = pendingWeights.removeValue(forKey: name) else {
      throw ModelFileError(
        .malformed, "\(file): nothing gives the value \"\(name)\"; the file is damaged or incomplete")
    }
    let array = source.initializer[index]
    source.initializer[index] = ProtoArray()
    let tensor = try Tensor(
      array, called: name, in: bytes, raw: weightsInFile[index], externalData: &externalData)
    let value = builder.constant(tensor, name: name)
    values[name] = value
    types[value] = ScalarType(onnxNumber: array.dataType)
    return value
  }

  private mutating func registerWeights() throws {
    if let sparse = source.sparseInitializer.first {
      throw ModelFileError(
        .unsupported,
        "\(file): the weights \"\(sparse.values.name)\" are sparse, which is not supported; export dense weights")
    }
    for (index, array) in source.initializer.enumerated() {
      guard pendingWeights.updateValue(index, forKey: array.name) == nil else {
        throw ModelFileError(.malformed, "\(file): the weights \"\(array.name)\" are there twice")
      }
    }
  }

  /// Old files list the weights among the inputs; those are not inputs. Inputs of integers take floats that hold such.
  private mutating func declareInputs() throws {
    for input in source.input where pendingWeights[input.name] == nil {
      guard !input.name.isEmpty, values[input.name] == nil else {
        throw ModelFileError(.malformed, "\(file): the input \"\(input.name)\" is there twice or has no name")
      }
      let shape = try input.shape(in: file)
      let type = try input.scalarType(in: file)
      var value = builder.input(input.name, shape: shape)
      if !type.isFloatingPoint {
        value = builder.node(.cast(.int64), [value], name: input.name)[0]
      }
      values[input.name] = value
      types[value] = type
    }
  }

  private mutating func declareOutputs() throws {
    var named: Set<String> = []
    let inputs = Set(builder.graph.inputs.map(\.value))
    for output in source.output {
      guard named.insert(output.name).inserted else {
        throw ModelFileError(.malformed, "\(file): the output \"\(output.name)\" is there twice")
      }
      var result = try value(named: output.name)
      if inputs.contains(result) || builder.graph.values[result].constant != nil {
        result = builder.node(.identity, [result])[0]
      }
      builder.output(result, name: output.name)
    }
  }
}

extension Operation {
  /// Whether results are Booleans.
  fileprivate var isPredicate: Bool {
    switch self {
    case .binary(let function): function.isPredicate
    case .unary(.not), .unary(.isNaN), .unary(.isInfinite): true
    default: false
    }
  }
}
