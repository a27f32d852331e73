#if OneDNN

internal import Inference

/// How a batch is divided among threads: a few items at a time go through the whole network on one thread, so that what
/// lies between layers stays in that thread's cache. Threads take the next items as they become free.
struct BatchDivision {
  /// A graph for some items of the batch.
  struct Pass {
    var graph: SpecialisedGraph
    /// What goes through the graph in one run.
    var items: [Range<Int>]
    /// How many runs go side by side, on one thread each; 1 means that all threads work on the same items.
    var runners: Int
  }

  /// Two at a time were fastest on processors with a second-level cache of 1 MB a core: weights are read half as
  /// often as for one, and of four the images no longer fit.
  static let itemsAtATime = 2

  private(set) var passes: [Pass] = []

  /// Passes of two items, of one, and one on all threads for the items that are left over.
  init(_ whole: SpecialisedGraph, of graph: Graph, threads: Int) {
    let shapes = whole.graph.inputs.map { whole.types[$0.value]!.shape }
    passes = [Pass(graph: whole, items: [0..<(shapes.first?.first ?? 1)], runners: 1)]
    guard let batch = shapes.first?.first, batch >= threads, batch > 1,
      graph.inputs.allSatisfy({ $0.shape.first == .some(nil) }), shapes.allSatisfy({ $0.first == batch })
    else { return }
    var passes: [Pass] = []
    func append(items count: Int, rounds: Int, runners: Int) -> Bool {
      guard rounds > 0, count > 0 else { return true }
      let part = try? graph.prepared(inputShapes: shapes.map { [count] + $0.dropFirst() })
      guard let part, Self.isPart(part, items: count, of: whole, batch: batch) else { return false }
      let start = passes.last?.items.last?.upperBound ?? 0
      let items = (0..<rounds * runners).map { start + $0 * count..<start + ($0 + 1) * count }
      passes.append(Pass(graph: part, items: items, runners: runners))
      return true
    }
    let each = batch / threads
    guard append(items: Self.itemsAtATime, rounds: each / Self.itemsAtATime, runners: threads),
      append(items: 1, rounds: each % Self.itemsAtATime, runners: threads),
      append(items: batch % threads, rounds: 1, runners: 1)
    else { return }
    self.passes = passes
  }

  /// Whether every value of `part` is what the same value of `whole` is for some of its items.
  private static func isPart(
    _ part: SpecialisedGraph, items: Int, of whole: SpecialisedGraph, batch: Int
  ) -> Bool {
    guard part.graph.nodes.count == whole.graph.nodes.count else { return false }
    return zip(part.graph.nodes, whole.graph.nodes).allSatisfy { node, other in
      guard node.outputs == other.outputs, part.keepsItemsApart(node) else { return false }
      return node.outputs.allSatisfy { value in
        guard let type = part.types[value], let whole = whole.types[value], let first = type.shape.first else {
          return false
        }
        return first == items && whole.shape == [batch] + type.shape.dropFirst()
      }
    }
  }
}

#endif
