#if OneDNN

internal import CKernels
internal import Inference

/// Turns a specialised graph into steps. Images stay in blocks from the first convolution on; what the blocked kernels
/// lack runs on plain tensors with the reference kernels, and values change form only where the two meet.
struct Lowering {
  let graph: Graph
  let types: [TensorType?]
  let options: CompileOptions
  let chooser: KernelChooser
  let weights: WeightStore
  var program: Program
  /// Values that lie in the arena.
  var images: [Graph.ValueID: BlockedImage] = [:]
  /// Values of few channels that lie there plane by plane.
  var planes: [Graph.ValueID: BlockedImage] = [:]
  private let joined: JoinedImages
  /// Results of concatenations that are at least begun.
  private var wholes: [Graph.ValueID: BlockedImage] = [:]
  /// Values that are tensors when the program runs.
  private var tensors: Set<Graph.ValueID>
  /// The index of the last node that reads a value; none for outputs of the graph, which are never overwritten.
  private let lastReader: [Graph.ValueID: Int]
  private var nodeIndex = 0

  static func program(
    _ specialised: SpecialisedGraph, options: CompileOptions, threads: Int, chooser: KernelChooser, weights: WeightStore
  ) throws -> Program {
    // Blocks of bfloat16 lie within pixels, where parts are copied anyway.
    let joinsBlocks = options.precision == .f32
    let graph = joinsBlocks ? try specialised.concatenatingBlocks(of: chooser.kernels.lanes) : specialised
    var lowering = Lowering(graph, options: options, threads: threads, chooser: chooser, weights: weights)
    try lowering.lower(SumGroups(graph))
    return lowering.program
  }

  private init(
    _ specialised: SpecialisedGraph, options: CompileOptions, threads: Int, chooser: KernelChooser, weights: WeightStore
  ) {
    let graph = specialised.graph
    self.graph = graph
    types = specialised.types
    self.options = options
    self.chooser = chooser
    self.weights = weights
    program = Program(kernels: chooser.kernels, threads: threads)
    joined = JoinedImages(graph, types, block: program.block)
    program.constants = graph.values.map(\.constant)
    program.inputs = graph.inputs.map(\.value)
    program.outputs = graph.outputs
    tensors = Set(graph.values.indices.filter { graph.values[$0].constant != nil } + program.inputs)
    var last: [Graph.ValueID: Int] = [:]
    for (index, node) in graph.nodes.enumerated() {
      for value in node.inputs { last[value] = index }
    }
    for output in graph.outputs { last[output] = nil }
    lastReader = last
  }

  private mutating func lower(_ sums: SumGroups) throws {
    for (index, node) in graph.nodes.enumerated() {
      nodeIndex = index
      if let group = sums.groups[index] {
        try lowerSum(group)
      } else if !sums.absorbed.contains(index) {
        if try !node.naming({ try lowerOntoImages(node) }) { try lowerOntoTensors(node) }
      }
      // Results are unpacked while they are in the cache.
      for value in node.outputs where graph.outputs.contains(value) { needTensor(value) }
    }
    try program.planLives()
  }

  private mutating func lowerOntoTensors(_ node: Graph.Node) throws {
    for value in node.inputs where value != Graph.Node.absent { needTensor(value) }
    if try !lowerMatrix(node) {
      let room = DynamicRoom(SpecialisedGraph(graph: graph, types: types), for: node)
      program.steps.append(ReferenceStep(node: node, room: room))
    }
    tensors.formUnion(node.outputs)
  }

  /// Returns whether blocked kernels could take the node.
  private mutating func lowerOntoImages(_ node: Graph.Node) throws -> Bool {
    guard node.outputs.allSatisfy({ types[$0]?.isImage ?? false }), let input = node.inputs.first,
      input != Graph.Node.absent, types[input]?.isImage ?? false
    else { return false }
    switch node.operation {
    case .convolution(let convolution): return try lowerConvolution(node, convolution)
    case .transposedConvolution(let convolution): return try lowerTransposed(node, convolution)
    case .maxPool(let pooling): return lowerPool(node, pooling, averages: false, countsPadding: false)
    case .averagePool(let pooling, let counts): return lowerPool(node, pooling, averages: true, countsPadding: counts)
    case .globalAveragePool, .reduce(.mean, keepsDimensions: true): return lowerAverage(node)
    case .activation(let activation):
      lowerActivation(node, activation)
      return true
    case .roundToGrid(let grid): return lowerRounding(node, grid)
    case .binary(let function): return lowerBinary(node, function)
    case .resize: return lowerEnlargement(node)
    case .concatenate(axis: 1): return lowerConcatenation(node)
    case .split(axis: 1): return lowerSplit(node)
    default: return false
    }
  }

  // MARK: Forms of values

  /// The value as blocks, brought into them if need be.
  mutating func image(_ value: Graph.ValueID) -> BlockedImage {
    if let image = images[value] { return image }
    let image = newImage(for: value)
    program.steps.append(PackStep(source: planes[value].map { .image($0) } ?? .tensor(value), result: image))
    images[value] = image
    return image
  }

  mutating func needTensor(_ value: Graph.ValueID) {
    guard images[value] != nil || planes[value] != nil, tensors.insert(value).inserted else { return }
    program.steps.append(UnpackStep(source: image(value), result: .tensor(value)))
  }

  func isTensor(_ value: Graph.ValueID) -> Bool { tensors.contains(value) }

  func shape(_ value: Graph.ValueID) -> [Int] { types[value]!.shape }

  /// Where to compute the value: in the part of a concatenation's result that it becomes, if there is one.
  mutating func newImage(for value: Graph.ValueID) -> BlockedImage {
    guard layout == .blocked, let place = joined.places[value] else { return newImage(shape(value)) }
    var part = joinedImage(place.whole)
    part.offset += place.block * part.planeByteCount
    part.shape = shape(value)
    return part
  }

  /// The result of a concatenation, whose parts may be computed before it.
  mutating func joinedImage(_ value: Graph.ValueID) -> BlockedImage {
    if let image = wholes[value] { return image }
    let image = newImage(for: value)
    wholes[value] = image
    return image
  }

  /// An image in the order and precision of the network.
  mutating func newImage(_ shape: [Int]) -> BlockedImage {
    newImage(shape, layout: layout, isBF16: options.precision == .bf16)
  }

  mutating func newImage(_ shape: [Int], layout: BlockedImage.Layout, isBF16: Bool = false) -> BlockedImage {
    var image = BlockedImage(
      buffer: program.buffers.count, shape: shape, layout: layout, isBF16: isBF16, block: program.block)
    image.buffer = newBuffer(image.byteCount)
    return image
  }

  /// The image to write a result of the size of `value` to: that of `value` where nobody needs it afterwards.
  mutating func reusedImage(of value: Graph.ValueID, for result: Graph.ValueID) -> BlockedImage {
    isLastRead(value) && joined.places[result] == nil ? image(value) : newImage(for: result)
  }

  var layout: BlockedImage.Layout { options.precision == .bf16 ? .channelsLast : .blocked }

  mutating func newBuffer(_ byteCount: Int) -> Int {
    program.buffers.append(.init(byteCount: byteCount))
    return program.buffers.count - 1
  }

  /// Whether the node being lowered is the last to read anything in the buffer of the value's image, so that the image may be
  /// overwritten.
  func isLastRead(_ value: Graph.ValueID) -> Bool {
    let buffer = images[value]?.buffer
    return images.allSatisfy { other, image in
      image.buffer != buffer || lastReader[other].map { $0 <= nodeIndex } ?? false
    }
  }
}

#endif
