/// A dense row-major array, immutable once made. Image tensors are NCHW, convolution weights OIHW
/// (transposed convolutions IOHW).
public struct Tensor: Sendable {
  /// Narrower float types become `float32`, integer and Boolean types `int64`, when a file is read.
  public enum ElementType: Sendable { case float32, int64 }

  public let shape: [Int]
  public let elementType: ElementType
  private let storage: TensorStorage

  public var count: Int { shape.reduce(1, *) }

  /// Allocates (64-byte aligned) and lets `body` fill all `count` elements.
  public init(shape: [Int], fillingFloats body: (UnsafeMutableBufferPointer<Float>) throws -> Void) rethrows {
    self.shape = shape
    elementType = .float32
    let count = shape.reduce(1, *)
    storage = TensorStorage(byteCount: count * MemoryLayout<Float>.stride)
    try body(storage.bytes.bindMemory(to: Float.self))
  }

  public init(shape: [Int], fillingIntegers body: (UnsafeMutableBufferPointer<Int64>) throws -> Void) rethrows {
    self.shape = shape
    elementType = .int64
    let count = shape.reduce(1, *)
    storage = TensorStorage(byteCount: count * MemoryLayout<Int64>.stride)
    try body(storage.bytes.bindMemory(to: Int64.self))
  }

  public init(shape: [Int], _ floats: [Float]) {
    precondition(floats.count == shape.reduce(1, *), "as many elements as the shape says")
    self.init(shape: shape, fillingFloats: { _ = $0.update(fromContentsOf: floats) })
  }

  public init(shape: [Int], _ integers: [Int64]) {
    precondition(integers.count == shape.reduce(1, *), "as many elements as the shape says")
    self.init(shape: shape, fillingIntegers: { _ = $0.update(fromContentsOf: integers) })
  }

  /// The same elements under another shape; shares the storage.
  public func reshaped(_ shape: [Int]) -> Tensor {
    precondition(shape.reduce(1, *) == count, "reshaping keeps the number of elements")
    return Tensor(shape: shape, elementType: elementType, storage: storage)
  }

  private init(shape: [Int], elementType: ElementType, storage: TensorStorage) {
    self.shape = shape
    self.elementType = elementType
    self.storage = storage
  }

  public func withFloats<R>(_ body: (UnsafeBufferPointer<Float>) throws -> R) rethrows -> R {
    precondition(elementType == .float32, "the tensor holds integers")
    return try body(UnsafeBufferPointer(storage.bytes.bindMemory(to: Float.self)))
  }

  public func withIntegers<R>(_ body: (UnsafeBufferPointer<Int64>) throws -> R) rethrows -> R {
    precondition(elementType == .int64, "the tensor holds floats")
    return try body(UnsafeBufferPointer(storage.bytes.bindMemory(to: Int64.self)))
  }

  /// What owns the elements: the same object for tensors that share them, for as long as one of them lives.
  public var owner: AnyObject { storage }

  public var floats: [Float] { withFloats(Array.init) }
  public var integers: [Int64] { withIntegers(Array.init) }
}

/// Owns the memory of a tensor.
///
/// `@unchecked Sendable`: written only inside `Tensor`'s initialisers, before anyone else can see it.
private final class TensorStorage: @unchecked Sendable {
  let bytes: UnsafeMutableRawBufferPointer

  init(byteCount: Int) {
    bytes = .allocate(byteCount: byteCount, alignment: 64)
  }

  deinit {
    bytes.deallocate()
  }
}
