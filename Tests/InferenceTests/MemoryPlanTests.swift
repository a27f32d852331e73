internal import TestSupport
import Testing

@testable internal import Inference

@Suite struct `A memory plan` {
  @Test(arguments: BackendConformance.networkCases)
  func `keeps apart what is alive together`(_ item: BackendConformance.Case) throws {
    let specialised = try item.graph.optimised().prepared(inputShapes: item.inputs.map(\.shape))
    let plan = try MemoryPlan(specialised)
    let graph = specialised.graph
    var alive = Set(graph.inputs.map(\.value))
    let lastUses = graph.lastUses()
    for (index, node) in graph.nodes.enumerated() {
      alive.formUnion(node.outputs)
      let ranges = alive.compactMap { value in
        plan.offsets[value].map { (value: value, range: $0..<$0 + (specialised.types[value]?.byteCount ?? 0)) }
      }
      for a in ranges {
        for b in ranges where a.value < b.value && !isViewOf(b.value, a.value, graph) {
          #expect(!a.range.overlaps(b.range), "\(graph.values[a.value].name) and \(graph.values[b.value].name)")
        }
      }
      alive.subtract(lastUses[index])
    }
  }

  @Test func `uses less than all values together`() throws {
    var builder = GraphBuilder()
    var value = builder.input("x", shape: [1000])
    for _ in 0..<10 { value = builder.node(.unary(.exp), [value])[0] }
    builder.output(value, name: "y")
    let specialised = try builder.graph.specialised(inputShapes: [[1000]])
    #expect(try MemoryPlan(specialised).byteCount < 3 * 4096)
    #expect(try MemoryPlan(specialised, inPlace: { _ in [0] }).byteCount < 4096 + 64)
  }

  @Test func `does not overwrite what is read later`() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", shape: [100])
    let a = builder.node(.unary(.exp), [x])[0]
    let b = builder.node(.unary(.abs), [a])[0]
    builder.output(builder.node(.binary(.add), [a, b])[0], name: "y")
    let specialised = try builder.graph.specialised(inputShapes: [[100]])
    let plan = try MemoryPlan(specialised, inPlace: { _ in [0] })
    #expect(plan.offsets[a] != plan.offsets[b])
  }

  private func isViewOf(_ value: Int, _ source: Int, _ graph: Graph) -> Bool {
    guard let node = graph.nodes.first(where: { $0.outputs.contains(value) }), node.operation.isView else {
      return false
    }
    return node.inputs[0] == source || isViewOf(node.inputs[0], source, graph)
  }
}
