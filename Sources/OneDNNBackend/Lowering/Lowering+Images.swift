#if OneDNN

internal import CKernels
internal import Inference

/// Operations over blocked images other than convolutions.
extension Lowering {
  mutating func lowerSum(_ group: SumGroups.Group) throws {
    if addToConvolution(group) { return }
    let terms = group.terms.map { SumStep.Term(image: image($0.value), scale: $0.scale) }
    let result = newImage(for: group.result)
    program.steps.append(SumStep(terms: terms, result: result, activation: group.activation))
    images[group.result] = result
  }

  /// Lets the convolution that was just lowered add the other term after its activation, where it can.
  private mutating func addToConvolution(_ group: SumGroups.Group) -> Bool {
    guard group.terms.count == 2, group.terms.allSatisfy({ $0.scale == 1 }),
      group.activation.kind == .identity, var step = program.steps.last as? ConvolutionStep,
      case .own(let convolution) = step.kernel, convolution.takesAddend, step.addend == nil,
      let index = group.terms.firstIndex(where: { images[$0.value] == step.result && isLastRead($0.value) }),
      let addend = images[group.terms[1 - index].value], addend != step.result
    else { return false }
    step.addend = addend
    step.result = newImage(for: group.result)
    program.steps[program.steps.count - 1] = step
    images[group.result] = step.result
    return true
  }

  mutating func lowerActivation(_ node: Graph.Node, _ activation: Activation) {
    let source = image(node.inputs[0])
    let result = reusedImage(of: node.inputs[0], for: node.outputs[0])
    program.steps.append(
      SumStep(terms: [.init(image: source, scale: 1)], result: result, activation: CKActivation(activation)))
    images[node.outputs[0]] = result
  }

  /// Lanes that fill up blocks are 0, which is a number of every grid.
  mutating func lowerRounding(_ node: Graph.Node, _ grid: QuantizationGrid) -> Bool {
    // A picture that the network gets is rounded as it is, before it becomes blocks.
    guard options.precision == .f32, images[node.inputs[0]] != nil else { return false }
    let source = image(node.inputs[0])
    let result = reusedImage(of: node.inputs[0], for: node.outputs[0])
    program.steps.append(RoundingStep(source: source, result: result, grid: grid))
    images[node.outputs[0]] = result
    return true
  }

  mutating func lowerEnlargement(_ node: Graph.Node) -> Bool {
    guard let scale = SumGroups.enlargement(of: node, graph, types) else { return false }
    let result = newImage(for: node.outputs[0])
    program.steps.append(SumStep(terms: [.init(image: image(node.inputs[0]), scale: scale)], result: result))
    images[node.outputs[0]] = result
    return true
  }

  mutating func lowerPool(_ node: Graph.Node, _ pooling: Pooling, averages: Bool, countsPadding: Bool) -> Bool {
    let source = image(node.inputs[0])
    let result = newImage(for: node.outputs[0])
    program.steps.append(
      PoolStep(
        source: source, result: result,
        pooling: CKPooling(
          height: source.shape[2], width: source.shape[3], resultHeight: result.shape[2], resultWidth: result.shape[3],
          kernel: (pooling.kernel[0], pooling.kernel[1]), strides: (pooling.strides[0], pooling.strides[1]),
          dilations: (pooling.dilations[0], pooling.dilations[1]), padding: (pooling.padding[0], pooling.padding[1]),
          averages: averages, countsPadding: countsPadding, bottomPadding: pooling.padding[2],
          rightPadding: pooling.padding[3])))
    images[node.outputs[0]] = result
    return true
  }

  mutating func lowerAverage(_ node: Graph.Node) -> Bool {
    let (from, to) = (shape(node.inputs[0]), shape(node.outputs[0]))
    guard to == [from[0], from[1], 1, 1] else { return false }
    let result = newImage(for: node.outputs[0])
    program.steps.append(AverageStep(source: image(node.inputs[0]), result: result))
    images[node.outputs[0]] = result
    return true
  }

  /// Images of one shape, or an image and one number for each of its channels.
  mutating func lowerBinary(_ node: Graph.Node, _ function: BinaryFunction) -> Bool {
    // What fills up the last block may be zero: quotients of it would be no numbers.
    guard function != .divide, let combination = CKBinary(function),
      node.inputs.contains(where: { images[$0] != nil })
    else { return false }
    let result = shape(node.outputs[0])
    var (a, b) = (node.inputs[0], node.inputs[1])
    if shape(a) != result {
      guard function.isCommutative else { return false }
      swap(&a, &b)
    }
    guard shape(a) == result, types[b]?.isImage ?? false else { return false }
    guard shape(b) == result || shape(b) == [result[0], result[1], 1, 1] else { return false }
    let (left, right) = (image(a), image(b))
    let target = a != b ? reusedImage(of: a, for: node.outputs[0]) : newImage(for: node.outputs[0])
    program.steps.append(CombineStep(a: left, b: right, result: target, function: combination))
    images[node.outputs[0]] = target
    return true
  }

  mutating func lowerConcatenation(_ node: Graph.Node) -> Bool {
    let isFilled = shape(node.outputs[0])[1] != node.inputs.reduce(0) { $0 + shape($1)[1] }
    guard JoinedImages.canJoin(node, types, block: program.block),
      isFilled || node.inputs.contains(where: { images[$0] != nil })
    else { return false }
    let parts = node.inputs.map { image($0) }
    let result = joinedImage(node.outputs[0])
    var block = 0
    for part in parts {
      let blocks = part.blocks
      if part.buffer != result.buffer || part.offset != result.offset + block * result.planeByteCount {
        program.steps.append(CopyStep(source: part, result: result, to: block, blocks: blocks))
      }
      block += blocks
    }
    images[node.outputs[0]] = result
    return true
  }

  mutating func lowerSplit(_ node: Graph.Node) -> Bool {
    guard images[node.inputs[0]] != nil,
      node.outputs.dropLast().allSatisfy({ shape($0)[1] % program.block == 0 })
    else { return false }
    let source = image(node.inputs[0])
    var block = 0
    for output in node.outputs {
      let part = newImage(for: output)
      let blocks = part.blocks
      program.steps.append(CopyStep(source: source, result: part, from: block, blocks: blocks))
      images[output] = part
      block += blocks
    }
    return true
  }
}

extension BinaryFunction {
  fileprivate var isCommutative: Bool {
    switch self {
    case .add, .multiply, .maximum, .minimum: true
    default: false
    }
  }
}

#endif
