/// Where every value of a specialised graph lies in one arena: values that are never alive together share memory.
///
/// Results of reshaping operations are views of their input. Buffers are placed from the largest to the smallest at the
/// lowest offset that is free for as long as they live.
public struct MemoryPlan: Sendable {
  /// More is refused: a network that needs it comes from a broken or hostile file.
  public static let maximumByteCount = 8 << 30

  /// Byte offset by value; nil for constants, for values without a type, and for values nobody needs.
  public private(set) var offsets: [Int?]
  public private(set) var byteCount = 0

  /// - Parameter inPlace: the positions of the inputs that a node may overwrite with its first result, if nobody reads
  ///   them afterwards.
  public init(_ specialised: SpecialisedGraph, inPlace: (Graph.Node) -> [Int] = { _ in [] }) throws {
    let lifetimes = Lifetimes(specialised, inPlace: inPlace)
    let placed = try place(lifetimes.buffers)
    byteCount = placed.byteCount
    offsets = lifetimes.bufferOfValue.map { $0.map { placed.offsets[$0] } }
  }

  /// What values take that no node overwrites.
  static func buffers(of specialised: SpecialisedGraph) -> [Buffer] {
    Lifetimes(specialised) { _ in [] }.buffers
  }

  /// First and last node that use a buffer; -1 for the inputs.
  struct Buffer {
    var byteCount: Int
    var first: Int
    var last: Int
  }
}

private let alignment = 64

private func place(_ buffers: [MemoryPlan.Buffer]) throws -> (offsets: [Int], byteCount: Int) {
  var offsets = buffers.map { _ in 0 }
  var placed: [Int] = []
  var total = 0
  let order = buffers.indices.sorted { (-buffers[$0].byteCount, $0) < (-buffers[$1].byteCount, $1) }
  for index in order {
    let buffer = buffers[index]
    let size = (buffer.byteCount + alignment - 1) / alignment * alignment
    var offset = 0
    // `placed` is sorted by offset, so the first gap found is the lowest.
    for other in placed where buffers[other].first <= buffer.last && buffer.first <= buffers[other].last {
      if offset + size <= offsets[other] { break }
      let end = offsets[other] + (buffers[other].byteCount + alignment - 1) / alignment * alignment
      offset = max(offset, end)
    }
    offsets[index] = offset
    let position = placed.firstIndex { offsets[$0] > offset } ?? placed.count
    placed.insert(index, at: position)
    total = max(total, offset + size)
    guard total <= MemoryPlan.maximumByteCount else {
      throw InferenceError(
        .unsupported, "the network needs more than \(MemoryPlan.maximumByteCount >> 30) GiB for this input size")
    }
  }
  return (offsets, total)
}

/// Assigns values to buffers while it goes over the nodes.
private struct Lifetimes {
  private let specialised: SpecialisedGraph
  private let lastReads: [Int]
  private(set) var buffers: [MemoryPlan.Buffer] = []
  private(set) var bufferOfValue: [Int?]

  init(_ specialised: SpecialisedGraph, inPlace: (Graph.Node) -> [Int]) {
    self.specialised = specialised
    let graph = specialised.graph
    var lastReads = graph.values.map { _ in -1 }
    for (index, node) in graph.nodes.enumerated() {
      for value in node.inputs where value != Graph.Node.absent { lastReads[value] = index }
    }
    for output in graph.outputs { lastReads[output] = graph.nodes.count }
    self.lastReads = lastReads
    bufferOfValue = graph.values.map { _ in nil }
    for input in graph.inputs { allocate(input.value, at: -1) }
    for (index, node) in graph.nodes.enumerated() { visit(node, at: index, inPlace: inPlace(node)) }
  }

  private mutating func visit(_ node: Graph.Node, at index: Int, inPlace: [Int]) {
    guard let result = node.outputs.first else { return }
    if node.operation.isView, let buffer = bufferOfValue[node.inputs[0]], specialised.types[result] != nil {
      share(buffer, result, at: index)
      return
    }
    for position in inPlace where position < node.inputs.count && node.inputs[position] != Graph.Node.absent {
      let source = node.inputs[position]
      guard let buffer = bufferOfValue[source], let type = specialised.types[result],
        type == specialised.types[source], buffers[buffer].last <= index, reads(node, buffer) == 1
      else { continue }
      share(buffer, result, at: index)
      for value in node.outputs.dropFirst() { allocate(value, at: index) }
      return
    }
    for value in node.outputs { allocate(value, at: index) }
  }

  private func reads(_ node: Graph.Node, _ buffer: Int) -> Int {
    node.inputs.count { $0 != Graph.Node.absent && bufferOfValue[$0] == buffer }
  }

  private mutating func allocate(_ value: Graph.ValueID, at index: Int) {
    guard let type = specialised.types[value] else { return }
    bufferOfValue[value] = buffers.count
    buffers.append(.init(byteCount: max(type.byteCount, 1), first: index, last: max(index, lastReads[value])))
  }

  private mutating func share(_ buffer: Int, _ value: Graph.ValueID, at index: Int) {
    bufferOfValue[value] = buffer
    buffers[buffer].last = max(buffers[buffer].last, index, lastReads[value])
  }
}

extension Operation {
  /// Whether the result is the input under another shape.
  public var isView: Bool {
    switch self {
    case .reshape, .flatten, .squeeze, .unsqueeze, .identity: true
    default: false
    }
  }
}
