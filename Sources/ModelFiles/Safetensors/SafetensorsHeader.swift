/// The header of a safetensors file as it stands in JSON.
struct SafetensorsHeader: Decodable {
  var entries: [String: SafetensorsEntry] = [:]
  var metadata: [String: String] = [:]

  private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    for key in container.allKeys {
      if key.stringValue == "__metadata__" {
        metadata = try container.decode([String: String].self, forKey: key)
      } else {
        entries[key.stringValue] = try container.decode(SafetensorsEntry.self, forKey: key)
      }
    }
  }
}

/// Type, shape and place (relative to the end of the header) of one tensor.
struct SafetensorsEntry: Decodable {
  var scalarType: ScalarType
  var shape: [Int]
  var begin: Int
  var end: Int

  private enum Key: String, CodingKey {
    case dtype, shape
    case offsets = "data_offsets"
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let dtype = try container.decode(String.self, forKey: .dtype)
    guard let scalarType = ScalarType(safetensorsName: dtype) else {
      throw DecodingError.dataCorruptedError(
        forKey: .dtype, in: container, debugDescription: "the type \(dtype) is not supported")
    }
    let offsets = try container.decode([Int].self, forKey: .offsets)
    guard offsets.count == 2 else {
      throw DecodingError.dataCorruptedError(
        forKey: .offsets, in: container, debugDescription: "a begin and an end are needed")
    }
    self.scalarType = scalarType
    shape = try container.decode([Int].self, forKey: .shape)
    begin = offsets[0]
    end = offsets[1]
  }
}

extension ScalarType {
  private static let safetensorsNames: [ScalarType: String] = [
    .float64: "F64", .float32: "F32", .float16: "F16", .bfloat16: "BF16", .int64: "I64", .int32: "I32", .int16: "I16",
    .int8: "I8", .uint64: "U64", .uint32: "U32", .uint16: "U16", .uint8: "U8", .bool: "BOOL",
  ]

  init?(safetensorsName name: String) {
    guard let match = Self.safetensorsNames.first(where: { $0.value == name }) else { return nil }
    self = match.key
  }

  var safetensorsName: String { Self.safetensorsNames[self, default: ""] }
}
