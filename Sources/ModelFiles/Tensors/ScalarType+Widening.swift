extension ScalarType {
  /// Widens (or, from `float64`, rounds) stored elements to `Float`. `source` holds exactly as many elements as
  /// `target`, at any alignment.
  func widen(_ source: UnsafeRawBufferPointer, to target: UnsafeMutableBufferPointer<Float>) {
    switch self {
    case .float32:
      UnsafeMutableRawBufferPointer(target).copyMemory(from: source)
    case .float64:
      convert(source, to: target) { (value: Double) in Float(value) }
    case .float16:
      convert(source, to: target) { (bits: UInt16) in Float(halfBits: bits) }
    case .bfloat16:
      convert(source, to: target) { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) }
    default:
      preconditionFailure("\(self) is not a floating-point type")
    }
  }

  /// Widens stored elements to `Int64`. Unsigned 64-bit values beyond `Int64.max` saturate; Booleans become 0 or 1.
  func widen(_ source: UnsafeRawBufferPointer, to target: UnsafeMutableBufferPointer<Int64>) {
    switch self {
    case .int64: UnsafeMutableRawBufferPointer(target).copyMemory(from: source)
    case .int32: convert(source, to: target) { (value: Int32) in Int64(value) }
    case .int16: convert(source, to: target) { (value: Int16) in Int64(value) }
    case .int8: convert(source, to: target) { (value: Int8) in Int64(value) }
    case .uint64: convert(source, to: target) { (value: UInt64) in Int64(clamping: value) }
    case .uint32: convert(source, to: target) { (value: UInt32) in Int64(value) }
    case .uint16: convert(source, to: target) { (value: UInt16) in Int64(value) }
    case .uint8: convert(source, to: target) { (value: UInt8) in Int64(value) }
    case .bool: convert(source, to: target) { (value: UInt8) in value == 0 ? 0 : 1 }
    default: preconditionFailure("\(self) is not an integer type")
    }
  }

  @inline(__always)
  private func convert<Stored: BitwiseCopyable, Wide>(
    _ source: UnsafeRawBufferPointer, to target: UnsafeMutableBufferPointer<Wide>, _ widen: (Stored) -> Wide
  ) {
    precondition(source.count == target.count * MemoryLayout<Stored>.size, "as many elements as the target has")
    guard let from = source.baseAddress, let to = target.baseAddress else { return }
    for index in 0..<target.count {
      to[index] = widen(from.loadUnaligned(fromByteOffset: index * MemoryLayout<Stored>.size, as: Stored.self))
    }
  }
}

extension Float {
  /// The value of an IEEE 754 half. Written with integer operations and one multiplication so that loops over it
  /// vectorise; the multiplication by 2^112 moves the exponent bias and normalises subnormal halves exactly.
  init(halfBits: UInt16) {
    let magnitude = UInt32(halfBits & 0x7fff) << 13
    let scaled = Float(bitPattern: magnitude) * 0x1p112
    let special: UInt32 = magnitude >= 0x0f80_0000 ? 0x7f80_0000 : 0
    self = Float(bitPattern: scaled.bitPattern | special | UInt32(halfBits & 0x8000) << 16)
  }
}
