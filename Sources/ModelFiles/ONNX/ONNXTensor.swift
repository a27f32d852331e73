internal import Foundation
internal import Inference

extension ScalarType {
  private static let onnxNumbers: [Int32: ScalarType] = [
    1: .float32, 2: .uint8, 3: .int8, 4: .uint16, 5: .int16, 6: .int32, 7: .int64, 9: .bool, 10: .float16,
    11: .float64, 12: .uint32, 13: .uint64, 16: .bfloat16,
  ]

  /// The element types of TensorProto that have a meaning here; strings, complex, 8-bit float and 4-bit types have none.
  init?(onnxNumber: Int32) {
    guard let match = Self.onnxNumbers[onnxNumber] else { return nil }
    self = match
  }

  /// The numbers of an integer type of up to 32 bits; nil for all others.
  var integerRange: ClosedRange<Int>? {
    switch self {
    case .int8: -128...127
    case .uint8: 0...255
    case .int16: -32768...32767
    case .uint16: 0...65535
    case .int32: Int(Int32.min)...Int(Int32.max)
    case .uint32: 0...Int(UInt32.max)
    default: nil
    }
  }
}

extension Tensor {
  /// Weights of an ONNX file: as raw bytes, in the field of their type, or in another file.
  ///
  /// - Parameter raw: where raw bytes lie that `array` itself does not hold.
  init(
    _ array: ProtoArray, called name: String, in source: ByteSource, raw: Range<Int>? = nil,
    externalData: inout ONNXExternalData
  ) throws {
    let place = "\(source.name): the weights \"\(name)\""
    guard let type = ScalarType(onnxNumber: array.dataType) else {
      throw ModelFileError(
        .unsupported, "\(place) have the element type number \(array.dataType), which is not supported; export floats")
    }
    let shape = array.dims.map { Int($0) }
    if array.dataLocation == 1 {
      self = try externalData.tensor(type, shape: shape, entries: array.externalData, called: name)
      return
    }
    let byteCount = try type.byteCount(ofShape: shape, in: place)
    let stored = raw == nil ? array.typedData(type) : nil
    guard (raw?.count ?? stored?.byteCount ?? array.rawData.count) == byteCount else {
      throw ModelFileError(.malformed, "\(place) of shape \(shape) are not as many numbers as the shape says")
    }
    if let raw {
      self = try StoredTensor(type, shape: shape, in: source, at: raw.lowerBound).deferred()
      return
    }
    let bytes = stored?.bytes ?? array.rawData
    if type.isFloatingPoint {
      try self.init(
        shape: shape,
        fillingFloats: { (target: UnsafeMutableBufferPointer<Float>) in
          bytes.withUnsafeBytes { type.widen($0, to: target) }
        })
    } else {
      try self.init(
        shape: shape,
        fillingIntegers: { (target: UnsafeMutableBufferPointer<Int64>) in
          bytes.withUnsafeBytes { type.widen($0, to: target) }
        })
    }
  }
}

extension ProtoArray {
  /// The numbers of the typed fields as bytes of `type`, or nil where the raw bytes count. Halves and small integers are kept
  /// in 32-bit integers, unsigned 32-bit integers in 64-bit ones.
  fileprivate func typedData(_ type: ScalarType) -> (bytes: Data, byteCount: Int)? {
    guard rawData.isEmpty else { return nil }
    let bytes =
      switch type {
      case .float32: floatData.withUnsafeBytes { Data($0) }
      case .float64: doubleData.withUnsafeBytes { Data($0) }
      case .int64: int64Data.withUnsafeBytes { Data($0) }
      case .uint64: uint64Data.withUnsafeBytes { Data($0) }
      case .int32: int32Data.withUnsafeBytes { Data($0) }
      case .uint32: uint64Data.map { UInt32(truncatingIfNeeded: $0) }.withUnsafeBytes { Data($0) }
      case .float16, .bfloat16, .int16, .uint16:
        int32Data.map { UInt16(truncatingIfNeeded: $0) }.withUnsafeBytes { Data($0) }
      case .int8, .uint8, .bool: Data(int32Data.map { UInt8(truncatingIfNeeded: $0) })
      }
    return (bytes, bytes.count)
  }
}
