extension PickleMachine {
  mutating func pushNumber(_ opcode: PickleOpcode) throws {
    switch opcode {
    case .binInt: push(.int(Int(Int32(truncatingIfNeeded: try stream.unsigned(4)))))
    case .binInt1: push(.int(Int(try stream.byte())))
    case .binInt2: push(.int(try stream.unsigned(2)))
    case .long1: push(Self.integer(try stream.bytes(Int(try stream.byte()))))
    case .long4: push(Self.integer(try stream.bytes(try stream.unsigned(4))))
    default:
      let bits = try stream.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      push(.float(Double(bitPattern: bits)))
    }
  }

  /// Text of Python 2 programs is bytes in an unknown encoding: taken as text where it is UTF-8.
  mutating func pushText(_ opcode: PickleOpcode) throws {
    let lengthSize =
      switch opcode {
      case .shortBinString, .shortBinUnicode, .shortBinBytes: 1
      case .binString, .binUnicode, .binBytes: 4
      default: 8
      }
    let bytes = try stream.bytes(try stream.unsigned(lengthSize))
    switch opcode {
    case .binUnicode, .shortBinUnicode, .binUnicode8: push(.string(String(decoding: bytes, as: UTF8.self)))
    case .binString, .shortBinString:
      push(String(validating: bytes, as: UTF8.self).map { .string($0) } ?? .bytes(bytes))
    default: push(.bytes(bytes))
    }
  }

  /// Two's complement, little endian, of any length.
  private static func integer(_ bytes: [UInt8]) -> PickleValue {
    guard bytes.count <= 8 else { return .long(bytes) }
    guard let last = bytes.last else { return .int(0) }
    let sign: Int = last < 0x80 ? 0 : -1
    return .int(bytes.reversed().reduce(sign) { $0 << 8 | Int($1) })
  }
}
