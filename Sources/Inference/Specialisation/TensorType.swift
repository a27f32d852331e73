/// Shape and element type of a value.
public struct TensorType: Hashable, Sendable, CustomStringConvertible {
  /// No tensor may have more elements (2 GiB of float32), so that sizes computed from a hostile file stay harmless.
  public static let maximumCount = 1 << 29

  public var shape: [Int]
  public var elementType: Tensor.ElementType

  public init(_ shape: [Int], _ elementType: Tensor.ElementType = .float32) {
    self.shape = shape
    self.elementType = elementType
  }

  public var rank: Int { shape.count }
  public var count: Int { shape.reduce(1, *) }
  public var byteCount: Int { count * elementType.byteCount }

  public var description: String { "\(elementType) \(shape.map(String.init).joined(separator: "×"))" }

  /// Throws where a dimension is negative or there are more than `maximumCount` elements.
  func checked() throws -> TensorType {
    guard rank <= 16 else { throw InferenceError(.invalidGraph, "has \(rank) dimensions; 16 are allowed") }
    guard shape.allSatisfy({ $0 >= 0 }) else {
      throw InferenceError(.invalidGraph, "would have the impossible shape \(shape)")
    }
    // Zeros are set apart, so that 0 × huge × huge is refused too.
    var count = 1
    for dimension in shape where dimension > 0 {
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      guard !overflow, product <= Self.maximumCount else {
        throw InferenceError(.invalidGraph, "would have the shape \(shape), which is beyond what fits in memory")
      }
      count = product
    }
    return self
  }
}

extension Tensor {
  public var type: TensorType { TensorType(shape, elementType) }
}

extension Tensor.ElementType {
  public var byteCount: Int {
    switch self {
    case .float32: MemoryLayout<Float>.stride
    case .int64: MemoryLayout<Int64>.stride
    }
  }
}
