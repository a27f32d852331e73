extension Graph {
  /// Checks that every value is known and has one producer, then puts the nodes into an order in which each comes
  /// after what it reads. Cycles, undefined values and values produced twice are errors that name the node.
  public func validated() throws -> Graph {
    var producer = try producers()
    for input in inputs { producer[input.value] = .given }
    var waiting = nodes.map { node in
      node.inputs.count { $0 != Node.absent && producer[$0]?.node != nil }
    }
    var readers: [[Int]] = Array(repeating: [], count: values.count)
    for (index, node) in nodes.enumerated() {
      for value in node.inputs where value != Node.absent {
        guard producer[value] != nil else {
          throw InferenceError(
            .invalidGraph,
            "node '\(node.name)' (\(node.operation.name)) reads '\(values[value].name)', which nothing gives")
        }
        readers[value].append(index)
      }
    }
    for output in outputs where producer[output] == nil {
      throw InferenceError(.invalidGraph, "nothing gives the output '\(values[output].name)'")
    }
    // Ready nodes are taken in the order of the file, which keeps an order that is right already.
    var order: [Int] = []
    var ready = Heap(nodes.indices.filter { waiting[$0] == 0 })
    while let index = ready.popMin() {
      order.append(index)
      for value in nodes[index].outputs {
        for reader in readers[value] {
          waiting[reader] -= 1
          if waiting[reader] == 0 { ready.insert(reader) }
        }
      }
    }
    if order.count < nodes.count, let stuck = nodes.indices.first(where: { waiting[$0] > 0 }) {
      throw InferenceError(.invalidGraph, "the nodes around '\(nodes[stuck].name)' form a cycle")
    }
    var sorted = self
    sorted.nodes = order.map { nodes[$0] }
    return sorted
  }

  private enum Producer {
    case given
    case node(Int)

    var node: Int? { if case .node(let index) = self { index } else { nil } }
  }

  private func producers() throws -> [ValueID: Producer] {
    var producer: [ValueID: Producer] = [:]
    for (id, value) in values.enumerated() where value.constant != nil { producer[id] = .given }
    for input in inputs {
      guard values.indices.contains(input.value) else {
        throw InferenceError(.invalidGraph, "an input does not exist")
      }
      producer[input.value] = .given
    }
    for (index, node) in nodes.enumerated() {
      let all = node.inputs.filter { $0 != Node.absent } + node.outputs
      guard all.allSatisfy(values.indices.contains), !node.outputs.isEmpty else {
        throw InferenceError(.invalidGraph, "node '\(node.name)' reads or writes a value that does not exist")
      }
      for output in node.outputs {
        guard producer.updateValue(.node(index), forKey: output) == nil else {
          throw InferenceError(
            .invalidGraph, "node '\(node.name)' gives '\(values[output].name)', which is given already")
        }
      }
    }
    guard outputs.allSatisfy(values.indices.contains) else {
      throw InferenceError(.invalidGraph, "an output does not exist")
    }
    return producer
  }

  /// For each node, the values that are read or written there and never again; outputs of the graph excluded.
  public func lastUses() -> [[ValueID]] {
    var last: [ValueID: Int] = [:]
    for (index, node) in nodes.enumerated() {
      for value in node.inputs + node.outputs where value != Node.absent { last[value] = index }
    }
    for output in outputs { last[output] = nil }
    var uses: [[ValueID]] = Array(repeating: [], count: nodes.count)
    for (value, index) in last { uses[index].append(value) }
    return uses.map { $0.sorted() }
  }
}

/// A set of numbers that gives the smallest first.
private struct Heap {
  private var items: [Int] = []

  init(_ items: [Int]) {
    for item in items { insert(item) }
  }

  mutating func insert(_ item: Int) {
    items.append(item)
    var child = items.count - 1
    while child > 0, items[child] < items[(child - 1) / 2] {
      items.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func popMin() -> Int? {
    guard let smallest = items.first else { return nil }
    items[0] = items[items.count - 1]
    items.removeLast()
    var parent = 0
    while true {
      let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < items.count }
      guard let child = children.min(by: { items[$0] < items[$1] }), items[child] < items[parent] else {
        return smallest
      }
      items.swapAt(parent, child)
      parent = child
    }
  }
}
