/// A graph while passes rewrite it: knows who gives and who reads every value.
///
/// Two nodes are joined at the place of the later one, whose inputs are all known there; so the order stays right.
struct GraphEditor {
  private(set) var graph: Graph
  /// By value: what is known before shapes are (constants only), or all of it after specialisation.
  private(set) var types: [TensorType?]
  private var producers: [Int?] = []
  private var readCounts: [Int] = []
  private var removed: Set<Int> = []

  init(_ graph: Graph, types: [TensorType?]? = nil) {
    self.graph = graph
    self.types = types ?? graph.values.map { $0.constant?.type }
    index()
  }

  /// Drops what no output needs and counts again; to be called after a pass.
  mutating func clean() {
    graph.nodes = graph.nodes.indices.filter { !removed.contains($0) }.map { graph.nodes[$0] }
    removed = []
    graph.removeDeadNodes()
    graph.dropUnusedConstants()
    index()
  }

  private mutating func index() {
    producers = graph.values.map { _ in nil }
    readCounts = graph.values.map { _ in 0 }
    for (index, node) in graph.nodes.enumerated() {
      for value in node.outputs { producers[value] = index }
      for value in node.inputs where value != Graph.Node.absent { readCounts[value] += 1 }
    }
    for output in graph.outputs { readCounts[output] += 1 }
  }

  /// Calls `body` with the index of every node that is still there, in order.
  mutating func forEachNode(_ body: (inout GraphEditor, Int) throws -> Void) rethrows {
    for index in graph.nodes.indices where !removed.contains(index) {
      try body(&self, index)
    }
  }

  func node(_ index: Int) -> Graph.Node { graph.nodes[index] }

  /// The index of the node that gives `value`, or nil for inputs, constants and absent values.
  func producer(of value: Graph.ValueID) -> Int? {
    value == Graph.Node.absent ? nil : producers[value]
  }

  /// Whether one node reads `value`, once, and it is not a result of the network.
  func hasOneReader(_ value: Graph.ValueID) -> Bool {
    readCounts[value] == 1 && !graph.outputs.contains(value)
  }

  /// Whether nothing but `node` reads the value.
  func isReadOnly(by node: Graph.Node, _ value: Graph.ValueID) -> Bool {
    value != Graph.Node.absent && readCounts[value] == node.inputs.count { $0 == value }
  }

  func constant(_ value: Graph.ValueID) -> Tensor? {
    value == Graph.Node.absent ? nil : graph.values[value].constant
  }

  /// A constant of one number that leaves the shape of what it is combined with as it is.
  func scalar(_ value: Graph.ValueID) -> Float? {
    guard let tensor = constant(value), tensor.count == 1, tensor.shape.count <= 1, tensor.elementType == .float32
    else { return nil }
    return tensor.floats[0]
  }

  /// The elements of an integer constant.
  func integers(_ value: Graph.ValueID) -> [Int]? {
    guard let tensor = constant(value), tensor.elementType == .int64 else { return nil }
    return tensor.integers.map { Int($0) }
  }

  /// A float constant that is one number a channel when broadcast to N×C×H×W.
  func channelVector(_ value: Graph.ValueID, channels: Int) -> [Float]? {
    guard let tensor = constant(value), tensor.elementType == .float32, tensor.shape.count <= 4 else { return nil }
    if tensor.count == 1 { return Array(repeating: tensor.floats[0], count: channels) }
    let shape = Array(repeating: 1, count: 4 - tensor.shape.count) + tensor.shape
    return shape == [1, channels, 1, 1] ? tensor.floats : nil
  }

  mutating func addConstant(_ tensor: Tensor, name: String) -> Graph.ValueID {
    graph.values.append(.init(name: name, constant: tensor))
    types.append(tensor.type)
    producers.append(nil)
    readCounts.append(0)
    return graph.values.count - 1
  }

  /// Makes a value that a node gave a constant.
  mutating func setConstant(_ value: Graph.ValueID, _ tensor: Tensor) {
    graph.values[value].constant = tensor
    types[value] = tensor.type
    producers[value] = nil
  }

  /// Puts `node` in the place of the node at `index`.
  mutating func replace(_ index: Int, with node: Graph.Node) {
    for value in graph.nodes[index].inputs where value != Graph.Node.absent { readCounts[value] -= 1 }
    for value in node.inputs where value != Graph.Node.absent { readCounts[value] += 1 }
    graph.nodes[index] = node
    for value in node.outputs { producers[value] = index }
  }

  mutating func remove(_ index: Int) {
    for value in graph.nodes[index].inputs where value != Graph.Node.absent {
      readCounts[value] -= 1
      if readCounts[value] == 0 { graph.values[value].constant = nil }
    }
    removed.insert(index)
  }

  /// Joins the node at `index` into its only input's producer, which becomes `node` and takes its place and its result.
  mutating func merge(_ producer: Int, into index: Int, as node: Graph.Node) {
    var joined = node
    joined.outputs = graph.nodes[index].outputs
    replace(index, with: joined)
    remove(producer)
  }

  /// Removes a node that hands its input on as it is. Results of the network keep their names: then the producer gives
  /// the result directly, and where that cannot be the node stays.
  mutating func bypass(_ index: Int) {
    let (source, result) = (graph.nodes[index].inputs[0], graph.nodes[index].outputs[0])
    if !graph.outputs.contains(result) {
      redirect(result, to: source)
    } else if let producer = producers[source], !graph.outputs.contains(source) {
      let outputs = graph.nodes[producer].outputs.map { $0 == source ? result : $0 }
      graph.nodes[producer].outputs = outputs
      producers[result] = producer
      redirect(source, to: result)
    } else {
      return
    }
    remove(index)
  }

  private mutating func redirect(_ value: Graph.ValueID, to other: Graph.ValueID) {
    for index in graph.nodes.indices {
      for position in graph.nodes[index].inputs.indices where graph.nodes[index].inputs[position] == value {
        graph.nodes[index].inputs[position] = other
        readCounts[other] += 1
        readCounts[value] -= 1
      }
    }
  }
}
