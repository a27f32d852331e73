package import Inference

/// Where a tensor lies in a file. Making one checks that it lies inside the file; the elements are read when `read()` is
/// called.
package struct StoredTensor: Sendable {
  package let scalarType: ScalarType
  package let shape: [Int]
  /// In elements; nil where the tensor is row-major without gaps.
  private let strides: [Int]?
  private let source: ByteSource
  private let offset: Int

  package init(_ scalarType: ScalarType, shape: [Int], in source: ByteSource, at offset: Int) throws {
    try self.init(scalarType, shape: shape, strides: nil, in: source, at: offset)
  }

  /// `strides` must have been checked to be non-negative and to stay within the file.
  init(_ scalarType: ScalarType, shape: [Int], strides: [Int]?, in source: ByteSource, at offset: Int) throws {
    let byteCount = strides == nil ? try scalarType.byteCount(ofShape: shape, in: source.name) : 0
    guard offset >= 0, offset <= source.count, byteCount <= source.count - offset else {
      throw ModelFileError(
        .malformed,
        "\(source.name): a \(scalarType) tensor of shape \(shape) at byte \(offset) goes beyond the end of the file")
    }
    self.scalarType = scalarType
    self.shape = shape
    self.strides = strides
    self.source = source
    self.offset = offset
  }

  package func read() throws -> Tensor {
    if scalarType.isFloatingPoint {
      return try Tensor(
        shape: shape, fillingFloats: { try fill($0, stored: .float32) { scalarType.widen($0, to: $1) } })
    }
    return try Tensor(shape: shape, fillingIntegers: { try fill($0, stored: .int64) { scalarType.widen($0, to: $1) } })
  }

  /// Floats of less are read at once.
  private static let deferredByteCount = 16 << 10

  /// The tensor, whose elements, where they are many floats, are read when they are needed and not kept in memory.
  package func deferred() throws -> Tensor {
    guard scalarType.isFloatingPoint, shape.reduce(1, *) * MemoryLayout<Float>.stride >= Self.deferredByteCount else {
      return try read()
    }
    return .deferred(shape: shape) { try fill($0, stored: .float32) { scalarType.widen($0, to: $1) } }
  }

  private typealias Widening<Wide> = (UnsafeRawBufferPointer, UnsafeMutableBufferPointer<Wide>) -> Void

  /// `stored` is the type whose elements need no conversion.
  private func fill<Wide: BitwiseCopyable>(
    _ target: UnsafeMutableBufferPointer<Wide>, stored: ScalarType, _ widen: Widening<Wide>
  ) throws {
    if let strides, !target.isEmpty {
      try gather(to: target, strides: strides, widen)
    } else if scalarType == stored {
      try source.read(at: offset, into: UnsafeMutableRawBufferPointer(target))
    } else {
      try readInChunks(to: target, widen)
    }
  }

  private func readInChunks<Wide>(to target: UnsafeMutableBufferPointer<Wide>, _ widen: Widening<Wide>) throws {
    let chunk = min(target.count, 1 << 16)
    let size = scalarType.byteCount
    try withUnsafeTemporaryAllocation(byteCount: max(chunk * size, 1), alignment: 64) { buffer in
      var done = 0
      while done < target.count {
        let count = min(chunk, target.count - done)
        let bytes = UnsafeMutableRawBufferPointer(rebasing: buffer[..<(count * size)])
        try source.read(at: offset + done * size, into: bytes)
        widen(UnsafeRawBufferPointer(bytes), UnsafeMutableBufferPointer(rebasing: target[done..<done + count]))
        done += count
      }
    }
  }

  /// Reads the part of the file that the strides span and picks the elements out of it.
  private func gather<Wide: BitwiseCopyable>(
    to target: UnsafeMutableBufferPointer<Wide>, strides: [Int], _ widen: Widening<Wide>
  ) throws {
    let span = zip(shape, strides).reduce(1) { $0 + ($1.0 - 1) * $1.1 }
    try withUnsafeTemporaryAllocation(of: Wide.self, capacity: span) { elements in
      let whole = try StoredTensor(scalarType, shape: [span], in: source, at: offset)
      try whole.readInChunks(to: elements, widen)
      var position = [Int](repeating: 0, count: shape.count)
      var from = 0
      for index in target.indices {
        target[index] = elements[from]
        for axis in shape.indices.reversed() {
          position[axis] += 1
          from += strides[axis]
          if position[axis] < shape[axis] { break }
          from -= strides[axis] * shape[axis]
          position[axis] = 0
        }
      }
    }
  }
}
