#if OneDNN

internal import COneDNN
internal import Inference

/// Operations over blocked images other than convolutions.
extension Lowering {
  mutating func lowerSum(_ group: SumGroups.Group) throws {
    let terms = group.terms.map { SumStep.Term(image: image($0.value), scale: $0.scale) }
    let result = newImage(shape(group.result))
    program.steps.append(SumStep(terms: terms, result: result, activation: group.activation))
    images[group.result] = result
  }

  mutating func lowerActivation(_ node: Graph.Node, _ activation: Activation) -> Bool {
    guard let activation = blocked_activation(activation) else { return false }
    let source = image(node.inputs[0])
    let result = isLastRead(node.inputs[0]) ? source : newImage(source.shape)
    program.steps.append(SumStep(terms: [.init(image: source, scale: 1)], result: result, activation: activation))
    images[node.outputs[0]] = result
    return true
  }

  mutating func lowerEnlargement(_ node: Graph.Node) -> Bool {
    guard let scale = SumGroups.enlargement(of: node, graph, types) else { return false }
    let result = newImage(shape(node.outputs[0]))
    program.steps.append(SumStep(terms: [.init(image: image(node.inputs[0]), scale: scale)], result: result))
    images[node.outputs[0]] = result
    return true
  }

  mutating func lowerPool(_ node: Graph.Node, _ pooling: Pooling, averages: Bool, countsPadding: Bool) -> Bool {
    let source = image(node.inputs[0])
    let result = newImage(shape(node.outputs[0]))
    program.steps.append(
      PoolStep(
        source: source, result: result,
        pooling: blocked_pooling(
          height: Int64(source.shape[2]), width: Int64(source.shape[3]), result_height: Int64(result.shape[2]),
          result_width: Int64(result.shape[3]), kernel: (Int64(pooling.kernel[0]), Int64(pooling.kernel[1])),
          strides: (Int64(pooling.strides[0]), Int64(pooling.strides[1])),
          dilations: (Int64(pooling.dilations[0]), Int64(pooling.dilations[1])),
          padding: (Int64(pooling.padding[0]), Int64(pooling.padding[1])), averages: averages,
          counts_padding: countsPadding, bottom_padding: Int64(pooling.padding[2]),
          right_padding: Int64(pooling.padding[3]))))
    images[node.outputs[0]] = result
    return true
  }

  mutating func lowerAverage(_ node: Graph.Node) -> Bool {
    let (from, to) = (shape(node.inputs[0]), shape(node.outputs[0]))
    guard to == [from[0], from[1], 1, 1] else { return false }
    let result = newImage(to)
    program.steps.append(AverageStep(source: image(node.inputs[0]), result: result))
    images[node.outputs[0]] = result
    return true
  }

  /// Images of one shape, or an image and one number for each of its channels.
  mutating func lowerBinary(_ node: Graph.Node, _ function: BinaryFunction) -> Bool {
    guard let combination = blocked_combination(function), node.inputs.contains(where: { images[$0] != nil }) else {
      return false
    }
    let result = shape(node.outputs[0])
    var (a, b) = (node.inputs[0], node.inputs[1])
    if shape(a) != result {
      guard function.isCommutative else { return false }
      swap(&a, &b)
    }
    guard shape(a) == result, types[b]?.isImage ?? false else { return false }
    guard shape(b) == result || shape(b) == [result[0], result[1], 1, 1] else { return false }
    let (left, right) = (image(a), image(b))
    let target = isLastRead(a) && a != b ? left : newImage(result)
    program.steps.append(CombineStep(a: left, b: right, result: target, combination: combination))
    images[node.outputs[0]] = target
    return true
  }

  mutating func lowerConcatenation(_ node: Graph.Node) -> Bool {
    guard node.inputs.allSatisfy({ types[$0]?.isImage ?? false }),
      node.inputs.dropLast().allSatisfy({ shape($0)[1] % BlockedImage.block == 0 }),
      node.inputs.contains(where: { images[$0] != nil })
    else { return false }
    let parts = node.inputs.map { image($0) }
    let result = newImage(shape(node.outputs[0]))
    var block = 0
    for part in parts {
      let blocks = BlockedImage.blocks(part.shape[1])
      program.steps.append(CopyStep(source: part, result: result, to: block, blocks: blocks))
      block += blocks
    }
    images[node.outputs[0]] = result
    return true
  }

  mutating func lowerSplit(_ node: Graph.Node) -> Bool {
    guard images[node.inputs[0]] != nil,
      node.outputs.dropLast().allSatisfy({ shape($0)[1] % BlockedImage.block == 0 })
    else { return false }
    let source = image(node.inputs[0])
    var block = 0
    for output in node.outputs {
      let part = newImage(shape(output))
      let blocks = BlockedImage.blocks(part.shape[1])
      program.steps.append(CopyStep(source: source, result: part, from: block, blocks: blocks))
      images[output] = part
      block += blocks
    }
    return true
  }
}

#endif
