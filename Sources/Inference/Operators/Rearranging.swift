struct Identity: Operator {
  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] { [try operands.type(0)] }

  func keepsItemsApart(_ operands: Operands) -> Bool { true }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] { [try operands.tensor(0)] }
}

/// An operation that gives its data another shape and leaves the order of the elements.
protocol Reshaping: Operator {
  func shape(of data: [Int], _ operands: Operands) throws -> [Int]
}

extension Reshaping {
  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let type = try operands.type(0)
    return [TensorType(try shape(of: type.shape, operands), type.elementType)]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { operands.isShared(1) }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    [try operands.tensor(0).reshaped(types[0].shape)]
  }
}

/// Data, shape: 0 copies the dimension unless `allowsZero`, -1 is inferred.
struct Reshape: Reshaping {
  var allowsZero: Bool

  func shape(of data: [Int], _ operands: Operands) throws -> [Int] {
    let target = try operands.integers(1, "shape")
    let mismatch = InferenceError(.invalidGraph, "cannot give \(data) the shape \(target)")
    var result = target
    for (axis, size) in target.enumerated() where size == 0 && !allowsZero {
      guard axis < data.count else { throw mismatch }
      result[axis] = data[axis]
    }
    let count = data.reduce(1, *)
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
}

struct Flatten: Reshaping {
  var axis: Int

  func canonical(_ operands: Operands) throws -> Operation? {
    let rank = try operands.type(0).rank
    return .flatten(axis: axis == rank ? rank : try resolvedAxis(axis, rank: rank))
  }

  func shape(of data: [Int], _ operands: Operands) -> [Int] {
    [data[..<axis].reduce(1, *), data[axis...].reduce(1, *)]
  }
}

/// Data, axes (optional: all that are 1).
struct Squeeze: Reshaping {
  func shape(of data: [Int], _ operands: Operands) throws -> [Int] {
    let given = try operands.optionalIntegers(1, "axes") ?? data.indices.filter { data[$0] == 1 }
    let axes = try resolvedAxes(given, rank: data.count)
    guard axes.allSatisfy({ data[$0] == 1 }) else {
      throw InferenceError(.invalidGraph, "cannot drop the axes \(axes) of \(data): they are not 1")
    }
    return data.indices.filter { !axes.contains($0) }.map { data[$0] }
  }
}

/// Data, axes.
struct Unsqueeze: Reshaping {
  func shape(of data: [Int], _ operands: Operands) throws -> [Int] {
    let given = try operands.integers(1, "axes")
    let axes = try resolvedAxes(given, rank: data.count + given.count)
    var rest = data[...]
    return (0..<(data.count + axes.count)).map { axes.contains($0) ? 1 : rest.removeFirst() }
  }
}

struct Transpose: Operator {
  /// Empty to reverse the axes.
  var permutation: [Int]

  func canonical(_ operands: Operands) throws -> Operation? {
    let rank = try operands.type(0).rank
    let resolved = permutation.isEmpty ? Array((0..<rank).reversed()) : permutation
    guard resolved.sorted() == Array(0..<rank) else {
      throw InferenceError(.invalidGraph, "\(permutation) is not a permutation of \(rank) dimensions")
    }
    return .transpose(resolved)
  }

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let type = try operands.type(0)
    return [TensorType(permutation.map { type.shape[$0] }, type.elementType)]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { permutation.first == 0 }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    [try operands.tensor(0).transposed(permutation)]
  }
}

extension Operation {
  /// Channels become blocks of pixels.
  public static func depthToSpace(blockSize: Int, columnMajor: Bool) -> Operation {
    .plain(PlainOperation(DepthToSpace(blockSize: blockSize, columnMajor: columnMajor)))
  }

  /// Blocks of pixels become channels.
  public static func spaceToDepth(blockSize: Int) -> Operation {
    .plain(PlainOperation(SpaceToDepth(blockSize: blockSize)))
  }
}

private struct DepthToSpace: Operator {
  var blockSize: Int
  /// Whether the channel index is (channel, block row, block column) instead of (block row, block column, channel).
  var columnMajor: Bool

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let image = try operands.imageType().shape
    let area = try checkedProduct(blockSize, blockSize)
    guard blockSize > 0, image[1] % area == 0 else {
      throw InferenceError(.invalidGraph, "\(image[1]) channels do not make blocks of \(blockSize)×\(blockSize)")
    }
    let (height, width) = (try checkedProduct(image[2], blockSize), try checkedProduct(image[3], blockSize))
    return [TensorType([image[0], image[1] / area, height, width])]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { true }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let x = try operands.tensor(0)
    let (n, h, w) = (x.shape[0], x.shape[2], x.shape[3])
    let channels = types[0].shape[1]
    let unfolded =
      columnMajor ? [n, channels, blockSize, blockSize, h, w] : [n, blockSize, blockSize, channels, h, w]
    let order = columnMajor ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2]
    return [try x.reshaped(unfolded).transposed(order).reshaped(types[0].shape)]
  }
}

struct SpaceToDepth: Operator {
  var blockSize: Int

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let image = try operands.imageType().shape
    guard blockSize > 0, image[2] % blockSize == 0, image[3] % blockSize == 0 else {
      throw InferenceError(
        .invalidGraph, "\(image[2])×\(image[3]) pixels do not make blocks of \(blockSize)×\(blockSize)")
    }
    let channels = try checkedProduct(image[1], checkedProduct(blockSize, blockSize))
    return [TensorType([image[0], channels, image[2] / blockSize, image[3] / blockSize])]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { true }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (x, shape) = (try operands.tensor(0), types[0].shape)
    return [
      try x.reshaped([shape[0], x.shape[1], shape[2], blockSize, shape[3], blockSize])
        .transposed([0, 3, 5, 1, 2, 4]).reshaped(shape)
    ]
  }
}
