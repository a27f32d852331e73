package import Foundation

/// The tensors of a small safetensors fixture, as floats. For tests of modules that do not read model files.
package struct TensorFile: Sendable {
  package struct Tensor: Sendable {
    package var shape: [Int]
    package var values: [Float]
  }

  package struct Failure: Error {}

  package let tensors: [String: Tensor]

  private struct Entry: Decodable {
    var dtype: String
    var shape: [Int]
    var dataOffsets: [Int]
  }

  package init(_ url: URL) throws {
    let data = try Data(contentsOf: url)
    let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let header = try JSONSerialization.jsonObject(with: data[8..<8 + length]) as? [String: Any] ?? [:]
    var tensors: [String: Tensor] = [:]
    for (name, value) in header where name != "__metadata__" {
      let entry = try decoder.decode(Entry.self, from: JSONSerialization.data(withJSONObject: value))
      let bytes = [UInt8](data[8 + length + entry.dataOffsets[0]..<8 + length + entry.dataOffsets[1]])
      let values: [Float]
      switch entry.dtype {
      case "F32": values = Self.words(bytes).map(Float.init(bitPattern:))
      case "I32": values = Self.words(bytes).map { Float(Int32(bitPattern: $0)) }
      case "U8": values = bytes.map(Float.init)
      default: continue
      }
      tensors[name] = Tensor(shape: entry.shape, values: values)
    }
    self.tensors = tensors
  }

  private static func words(_ bytes: [UInt8]) -> [UInt32] {
    bytes.withUnsafeBytes { raw in
      (0..<raw.count / 4).map { UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)) }
    }
  }

  /// Throws where there is no such tensor.
  package subscript(_ name: String) -> Tensor {
    get throws {
      guard let tensor = tensors[name] else { throw Failure() }
      return tensor
    }
  }
}
