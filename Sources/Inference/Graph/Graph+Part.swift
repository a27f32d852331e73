extension Graph {
  /// The part of a network that makes the outputs with these names, with the inputs that it needs.
  public func part(making names: [String]) -> Graph {
    var part = self
    part.outputs = outputs.filter { names.contains(values[$0].name) }
    var needed = Set(part.outputs)
    part.nodes = nodes.reversed().filter { node in
      guard node.outputs.contains(where: needed.contains) else { return false }
      needed.formUnion(node.inputs)
      return true
    }.reversed()
    part.inputs = inputs.filter { needed.contains($0.value) }
    for index in values.indices where !needed.contains(index) { part.values[index].constant = nil }
    return part
  }
}
