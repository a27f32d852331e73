internal import Inference

extension Tensor {
  /// How the tensor is written to files.
  var storedType: ScalarType { elementType == .float32 ? .float32 : .int64 }

  /// The elements in row-major order, little endian as on every machine this runs on.
  func withStoredBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    switch elementType {
    case .float32: try withFloats { try body(UnsafeRawBufferPointer($0)) }
    case .int64: try withIntegers { try body(UnsafeRawBufferPointer($0)) }
    }
  }
}
