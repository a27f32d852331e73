extension Operation {
  /// Types of operations that keep every element and change the shape or the order.
  func rearrangedType(_ operands: Operands) throws -> TensorType {
    let type = try operands.type(0)
    return TensorType(try rearrangedShape(type.shape, operands), type.elementType)
  }

  private func rearrangedShape(_ shape: [Int], _ operands: Operands) throws -> [Int] {
    switch self {
    case .reshape(let allowsZero):
      return try reshapedShape(shape, to: operands.integers(1, "shape"), allowsZero: allowsZero)
    case .flatten(let axis):
      return [shape[..<axis].reduce(1, *), shape[axis...].reduce(1, *)]
    case .squeeze:
      let given = try operands.optionalIntegers(1, "axes") ?? shape.indices.filter { shape[$0] == 1 }
      let axes = try resolvedAxes(given, rank: shape.count)
      guard axes.allSatisfy({ shape[$0] == 1 }) else {
        throw InferenceError(.invalidGraph, "cannot drop the axes \(axes) of \(shape): they are not 1")
      }
      return shape.indices.filter { !axes.contains($0) }.map { shape[$0] }
    case .unsqueeze:
      let given = try operands.integers(1, "axes")
      let axes = try resolvedAxes(given, rank: shape.count + given.count)
      var rest = shape[...]
      return (0..<(shape.count + axes.count)).map { axes.contains($0) ? 1 : rest.removeFirst() }
    case .transpose(let permutation):
      return permutation.map { shape[$0] }
    case .expand:
      return try broadcastShape(shape, operands.integers(1, "shape"))
    case .depthToSpace(let block, _):
      let image = try operands.imageType().shape
      let area = try checkedProduct(block, block)
      guard block > 0, image[1] % area == 0 else {
        throw InferenceError(.invalidGraph, "\(image[1]) channels do not make blocks of \(block)×\(block)")
      }
      return [image[0], image[1] / area, try checkedProduct(image[2], block), try checkedProduct(image[3], block)]
    case .spaceToDepth(let block):
      let image = try operands.imageType().shape
      guard block > 0, image[2] % block == 0, image[3] % block == 0 else {
        throw InferenceError(.invalidGraph, "\(image[2])×\(image[3]) pixels do not make blocks of \(block)×\(block)")
      }
      return [image[0], try checkedProduct(image[1], checkedProduct(block, block)), image[2] / block, image[3] / block]
    default:
      preconditionFailure("not a rearranging operation")
    }
  }
}

private func reshapedShape(_ shape: [Int], to target: [Int], allowsZero: Bool) throws -> [Int] {
  let mismatch = InferenceError(.invalidGraph, "cannot give \(shape) the shape \(target)")
  var result = target
  for (axis, size) in target.enumerated() where size == 0 && !allowsZero {
    guard axis < shape.count else { throw mismatch }
    result[axis] = shape[axis]
  }
  let count = shape.reduce(1, *)
  let free = result.indices.filter { result[$0] == -1 }
  let known = try result.filter { $0 != -1 }.reduce(1, checkedProduct)
  guard free.count <= 1, result.allSatisfy({ $0 >= -1 }) else { throw mismatch }
  if let free = free.first {
    guard known > 0, count % known == 0 else { throw mismatch }
    result[free] = count / known
  } else if known != count {
    throw mismatch
  }
  return result
}
