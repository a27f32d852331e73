public import Inference

/// Where a tensor lies in a file, row-major without gaps. Making one checks that it lies inside the file; the elements
/// are read when `read()` is called.
public struct StoredTensor: Sendable {
  public let scalarType: ScalarType
  public let shape: [Int]
  private let source: ByteSource
  private let offset: Int

  public init(_ scalarType: ScalarType, shape: [Int], in source: ByteSource, at offset: Int) throws {
    let byteCount = try scalarType.byteCount(ofShape: shape, in: source.name)
    guard offset >= 0, offset <= source.count, byteCount <= source.count - offset else {
      throw ModelFileError(
        .malformed,
        "\(source.name): a \(scalarType) tensor of shape \(shape) at byte \(offset) goes beyond the end of the file")
    }
    self.scalarType = scalarType
    self.shape = shape
    self.source = source
    self.offset = offset
  }

  public func read() throws -> Tensor {
    if scalarType.isFloatingPoint {
      return try Tensor(
        shape: shape,
        fillingFloats: { (target: UnsafeMutableBufferPointer<Float>) in
          if scalarType == .float32 { return try source.read(at: offset, into: .init(target)) }
          try readInChunks(to: target) { scalarType.widen($0, to: $1) }
        })
    }
    return try Tensor(
      shape: shape,
      fillingIntegers: { (target: UnsafeMutableBufferPointer<Int64>) in
        if scalarType == .int64 { return try source.read(at: offset, into: .init(target)) }
        try readInChunks(to: target) { scalarType.widen($0, to: $1) }
      })
  }

  private func readInChunks<Wide>(
    to target: UnsafeMutableBufferPointer<Wide>,
    _ widen: (UnsafeRawBufferPointer, UnsafeMutableBufferPointer<Wide>) -> Void
  ) throws {
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
}
