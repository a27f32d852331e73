/// The nodes that the outputs need, ordered so that each follows those it depends on; the file's own order where that is
/// one. Throws `malformed` for cycles and for values with two producers.
struct ONNXNodeOrder {
  private(set) var indices: [Int] = []
  private let nodes: [ProtoNode]
  private let producers: [String: Int]
  private let file: String

  init(_ network: ProtoNetwork, file: String) throws {
    nodes = network.node
    self.file = file
    let given = Set(network.initializer.map(\.name)).union(network.input.map(\.name))
    var producers: [String: Int] = [:]
    for (index, node) in network.node.enumerated() {
      for output in node.output where !output.isEmpty {
        guard producers.updateValue(index, forKey: output) == nil, !given.contains(output) else {
          throw ModelFileError(
            .malformed,
            "\(file): \(node.label(at: index)): its output \"\(output)\" is already the name of another value")
        }
      }
    }
    self.producers = producers
    let needed = needed(for: network.output.map(\.name))
    try sort(needed)
  }

  private func dependencies(of index: Int) -> [Int] {
    nodes[index].input.compactMap { producers[$0] }
  }

  private func needed(for outputs: [String]) -> [Bool] {
    var needed = [Bool](repeating: false, count: nodes.count)
    var waiting = outputs.compactMap { producers[$0] }
    while let index = waiting.popLast() {
      if needed[index] { continue }
      needed[index] = true
      waiting += dependencies(of: index)
    }
    return needed
  }

  private enum Mark { case new, open, done }

  /// Depth first with a stack of its own, so that long chains cannot exhaust the thread's.
  private mutating func sort(_ needed: [Bool]) throws {
    var marks = [Mark](repeating: .new, count: nodes.count)
    for start in nodes.indices where needed[start] && marks[start] == .new {
      var stack = [start]
      while let index = stack.last {
        if marks[index] != .new {
          stack.removeLast()
          if marks[index] == .open {
            marks[index] = .done
            indices.append(index)
          }
          continue
        }
        marks[index] = .open
        for dependency in dependencies(of: index) where marks[dependency] != .done {
          guard marks[dependency] == .new else {
            throw ModelFileError(
              .malformed,
              "\(file): \(nodes[dependency].label(at: dependency)) needs its own output; the graph has a cycle")
          }
          stack.append(dependency)
        }
      }
    }
  }
}
