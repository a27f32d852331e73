private import Foundation
private import Synchronization

/// A dense row-major array, immutable once made. Image tensors are NCHW, convolution weights OIHW
/// (transposed convolutions IOHW).
public struct Tensor: Sendable {
  /// Narrower float types become `float32`, integer and Boolean types `int64`, when a file is read.
  public enum ElementType: Sendable { case float32, int64 }

  public let shape: [Int]
  public let elementType: ElementType
  private let storage: Storage

  public var count: Int { shape.reduce(1, *) }

  /// Allocates (64-byte aligned) and lets `body` fill all `count` elements. Throws what `body` throws, and an
  /// `InferenceError` where there is no memory.
  public init(shape: [Int], fillingFloats body: (UnsafeMutableBufferPointer<Float>) throws -> Void) throws {
    self.shape = shape
    elementType = .float32
    let memory = try TensorMemory.allocate(shape.reduce(1, *), of: Float.self)
    storage = .memory(memory)
    try body(memory.bytes.bindMemory(to: Float.self))
  }

  /// A tensor that keeps no elements: `body` makes all `count` of them whenever somebody needs them, the same every time.
  /// So weights that lie in a file take no memory beside what a backend makes of them.
  public static func deferred(
    shape: [Int], _ body: @escaping @Sendable (UnsafeMutableBufferPointer<Float>) throws -> Void
  ) -> Tensor {
    let elements = DeferredMemory(count: shape.reduce(1, *), body)
    return Tensor(shape: shape, elementType: .float32, storage: .deferred(elements))
  }

  public init(shape: [Int], fillingIntegers body: (UnsafeMutableBufferPointer<Int64>) throws -> Void) throws {
    self.shape = shape
    elementType = .int64
    let memory = try TensorMemory.allocate(shape.reduce(1, *), of: Int64.self)
    storage = .memory(memory)
    try body(memory.bytes.bindMemory(to: Int64.self))
  }

  /// For parameters and other small tensors: like the array itself, it ends the program where there is no memory.
  public init(shape: [Int], _ floats: [Float]) {
    precondition(floats.count == shape.reduce(1, *), "as many elements as the shape says")
    self.init(shape: shape, elementType: .float32, storage: .memory(TensorMemory(copying: floats)))
  }

  public init(shape: [Int], _ integers: [Int64]) {
    precondition(integers.count == shape.reduce(1, *), "as many elements as the shape says")
    self.init(shape: shape, elementType: .int64, storage: .memory(TensorMemory(copying: integers)))
  }

  /// The same elements under another shape; shares the storage.
  public func reshaped(_ shape: [Int]) -> Tensor {
    precondition(shape.reduce(1, *) == count, "reshaping keeps the number of elements")
    return Tensor(shape: shape, elementType: elementType, storage: storage)
  }

  private init(shape: [Int], elementType: ElementType, storage: Storage) {
    self.shape = shape
    self.elementType = elementType
    self.storage = storage
  }

  public var isDeferred: Bool {
    if case .deferred = storage { true } else { false }
  }

  /// The tensor with its elements in memory; those of a deferred one are shared by all who hold them at the same time.
  /// Throws what making them throws.
  public func loaded() throws -> Tensor {
    guard case .deferred(let deferred) = storage else { return self }
    return Tensor(shape: shape, elementType: elementType, storage: .memory(try deferred.memory()))
  }

  /// Copies the floats; those of a deferred tensor are made in their place.
  public func write(to target: UnsafeMutableBufferPointer<Float>) throws {
    switch storage {
    case .memory: withFloats { _ = target.update(fromContentsOf: $0) }
    case .deferred(let deferred): try deferred.make(target)
    }
  }

  /// The elements of a deferred tensor must be makeable: where they may not be, ask `loaded` before.
  public func withFloats<R>(_ body: (UnsafeBufferPointer<Float>) throws -> R) rethrows -> R {
    precondition(elementType == .float32, "the tensor holds integers")
    let memory = memory
    return try withExtendedLifetime(memory) {
      try body(UnsafeBufferPointer(memory.bytes.bindMemory(to: Float.self)))
    }
  }

  public func withIntegers<R>(_ body: (UnsafeBufferPointer<Int64>) throws -> R) rethrows -> R {
    precondition(elementType == .int64, "the tensor holds floats")
    let memory = memory
    return try withExtendedLifetime(memory) {
      try body(UnsafeBufferPointer(memory.bytes.bindMemory(to: Int64.self)))
    }
  }

  private var memory: TensorMemory {
    switch storage {
    case .memory(let memory): memory
    case .deferred(let deferred): deferred.certainMemory()
    }
  }

  /// What owns the elements: the same object for tensors that share them, for as long as one of them lives.
  public var owner: any AnyObject & Sendable {
    switch storage {
    case .memory(let memory): memory
    case .deferred(let deferred): deferred
    }
  }

  public var floats: [Float] { withFloats(Array.init) }
  public var integers: [Int64] { withIntegers(Array.init) }

  private enum Storage: Sendable {
    case memory(TensorMemory)
    case deferred(DeferredMemory)
  }
}

/// Owns the elements of a tensor.
///
/// `@unchecked Sendable`: written only before anyone else can see it.
private final class TensorMemory: @unchecked Sendable {
  let bytes: UnsafeMutableRawBufferPointer

  private init(_ bytes: UnsafeMutableRawBufferPointer) {
    self.bytes = bytes
  }

  /// Memory for so many elements. A function rather than a throwing initialiser, and not inlined: Swift 6.3's optimiser
  /// fails on what becomes of such an initialiser inside closures.
  @inline(never)
  static func allocate<Element>(_ count: Int, of: Element.Type) throws -> TensorMemory {
    let byteCount = count * MemoryLayout<Element>.stride
    guard let bytes = allocated(byteCount) else {
      throw InferenceError(
        .backend, "there is no memory for a tensor of \(byteCount >> 20) MB; use a smaller batch or input")
    }
    return TensorMemory(bytes)
  }

  convenience init<Element: BitwiseCopyable>(copying elements: [Element]) {
    guard let bytes = Self.allocated(elements.count * MemoryLayout<Element>.stride) else {
      fatalError("there is no memory for a copy of \(elements.count) numbers")
    }
    elements.withUnsafeBytes { bytes.copyMemory(from: $0) }
    self.init(bytes)
  }

  private static func allocated(_ byteCount: Int) -> UnsafeMutableRawBufferPointer? {
    var address: UnsafeMutableRawPointer?
    guard posix_memalign(&address, 64, max(byteCount, 64)) == 0 else { return nil }
    return UnsafeMutableRawBufferPointer(start: address, count: byteCount)
  }

  deinit {
    free(bytes.baseAddress)
  }
}

/// Elements that are there while somebody holds them.
private final class DeferredMemory: Sendable {
  private struct Weak {
    weak var memory: TensorMemory?
  }

  let make: @Sendable (UnsafeMutableBufferPointer<Float>) throws -> Void
  private let count: Int
  private let made = Mutex(Weak())

  init(count: Int, _ make: @escaping @Sendable (UnsafeMutableBufferPointer<Float>) throws -> Void) {
    self.count = count
    self.make = make
  }

  /// For those who know that the elements can be made.
  @inline(never)
  func certainMemory() -> TensorMemory {
    do {
      return try memory()
    } catch {
      preconditionFailure("the elements of a tensor cannot be made any more: \(error)")
    }
  }

  func memory() throws -> TensorMemory {
    try made.withLock { made in
      if let memory = made.memory { return memory }
      let memory = try TensorMemory.allocate(count, of: Float.self)
      try make(memory.bytes.bindMemory(to: Float.self))
      made.memory = memory
      return memory
    }
  }
}
