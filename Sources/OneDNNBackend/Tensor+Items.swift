#if OneDNN

internal import Inference

extension Tensor {
  /// Some of the items along the first dimension.
  func items(_ range: Range<Int>) throws -> Tensor {
    guard range.count != shape[0] else { return self }
    let size = count / shape[0]
    let part = [range.count] + shape.dropFirst()
    let elements = range.lowerBound * size..<range.upperBound * size
    switch elementType {
    case .float32:
      return try Tensor(
        shape: part,
        fillingFloats: { result in
          withFloats { _ = result.update(fromContentsOf: $0[elements]) }
        })
    case .int64:
      return try Tensor(
        shape: part,
        fillingIntegers: { result in
          withIntegers { _ = result.update(fromContentsOf: $0[elements]) }
        })
    }
  }

  /// For each result of a network, the items of all parts one after another.
  static func stacked(_ parts: [[Tensor]]) throws -> [Tensor] {
    guard let first = parts.first, parts.count > 1 else { return parts.first ?? [] }
    return try first.indices.map { index in try stacked(parts.map { $0[index] }) }
  }

  private static func stacked(_ parts: [Tensor]) throws -> Tensor {
    let shape = [parts.reduce(0) { $0 + $1.shape[0] }] + parts[0].shape.dropFirst()
    var start = 0
    switch parts[0].elementType {
    case .float32:
      return try Tensor(
        shape: shape,
        fillingFloats: { result in
          for part in parts {
            part.withFloats { _ = UnsafeMutableBufferPointer(rebasing: result[start...]).update(fromContentsOf: $0) }
            start += part.count
          }
        })
    case .int64:
      return try Tensor(
        shape: shape,
        fillingIntegers: { result in
          for part in parts {
            part.withIntegers { _ = UnsafeMutableBufferPointer(rebasing: result[start...]).update(fromContentsOf: $0) }
            start += part.count
          }
        })
    }
  }
}

#endif
