/// An ONNX file without the bytes of its weights, which stay in the file: of a network of 130 MB it leaves some hundred kB to
/// be decoded.
///
/// Follows the wire format of protocol buffers (https://protobuf.dev/programming-guides/encoding/) as far as the weights are
/// deep: ModelProto.graph (7), GraphProto.initializer (5), TensorProto.raw_data (9).
struct ONNXSkeleton {
  private(set) var bytes: [UInt8] = []
  /// Where the bytes of weights that were left out lie in the file, by their place among the initializers.
  private(set) var weights: [Int: Range<Int>] = [:]
  private let source: ByteSource
  private var initializerCount = 0

  /// Weights of fewer bytes stay.
  private static let smallestCut = 4096

  /// Throws where the file does not follow the format.
  init(_ source: ByteSource) throws {
    self.source = source
    bytes = try rewrite(0..<source.count) { model, field in
      guard field.number == 7 else { return nil }
      return try model.rewrite(field.payload) { model, field in
        guard field.number == 5 else { return nil }
        defer { model.initializerCount += 1 }
        guard field.payload.count >= Self.smallestCut else { return nil }
        return try model.rewrite(field.payload) { model, field in
          guard field.number == 9, !field.payload.isEmpty else { return nil }
          model.weights[model.initializerCount] = field.payload
          return []
        }
      }
    }
  }

  private struct Field {
    var number: Int
    /// All bytes of the field, and those after its length where it has one.
    var whole: Range<Int>
    var payload: Range<Int>
    var hasLength: Bool
  }

  private typealias Rewriting = (inout ONNXSkeleton, Field) throws -> [UInt8]?

  /// The message with what `replacement` gives in place of the payloads of fields with a length.
  private mutating func rewrite(_ message: Range<Int>, _ replacement: Rewriting) throws -> [UInt8] {
    var result: [UInt8] = []
    var position = message.lowerBound
    while position < message.upperBound {
      let field = try field(at: position, in: message)
      if field.hasLength, let payload = try replacement(&self, field) {
        Self.append(UInt64(field.number) << 3 | 2, to: &result)
        Self.append(UInt64(payload.count), to: &result)
        result += payload
      } else {
        result += try source.bytes(at: field.whole.lowerBound, count: field.whole.count)
      }
      position = field.whole.upperBound
    }
    return result
  }

  private func field(at start: Int, in message: Range<Int>) throws -> Field {
    var position = start
    let key = try number(at: &position)
    var length = 0
    switch key & 7 {
    case 0: _ = try number(at: &position)
    case 1: length = 8
    case 2: length = Int(clamping: try number(at: &position))
    case 5: length = 4
    default: throw malformed
    }
    guard position <= message.upperBound, length <= message.upperBound - position else { throw malformed }
    let end = position + length
    return Field(number: Int(key >> 3), whole: start..<end, payload: position..<end, hasLength: key & 7 == 2)
  }

  /// A number in groups of seven bits, the lowest first.
  private func number(at position: inout Int) throws -> UInt64 {
    let digits = try source.bytes(at: position, count: min(10, source.count - position))
    var value: UInt64 = 0
    for (index, digit) in digits.enumerated() {
      value |= UInt64(digit & 0x7f) << (7 * UInt64(index))
      if digit < 0x80 {
        position += index + 1
        return value
      }
    }
    throw malformed
  }

  private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private var malformed: ModelFileError {
    ModelFileError(.malformed, "\(source.name): not an ONNX model, or cut short")
  }
}
