public import Foundation

/// The float tensors of a small safetensors fixture. For tests of modules that do not read model files.
public struct TensorFile {
  public struct Tensor {
    public var shape: [Int]
    public var values: [Float]
  }

  public struct Failure: Error {}

  public let tensors: [String: Tensor]

  private struct Entry: Decodable {
    var dtype: String
    var shape: [Int]
    var dataOffsets: [Int]
  }

  public init(_ url: URL) throws {
    let data = try Data(contentsOf: url)
    let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let header = try JSONSerialization.jsonObject(with: data[8..<8 + length]) as? [String: Any] ?? [:]
    var tensors: [String: Tensor] = [:]
    for (name, value) in header where name != "__metadata__" {
      let entry = try decoder.decode(Entry.self, from: JSONSerialization.data(withJSONObject: value))
      guard entry.dtype == "F32" else { continue }
      let start = 8 + length + entry.dataOffsets[0]
      let values = stride(from: start, to: 8 + length + entry.dataOffsets[1], by: 4).map { offset in
        Float(bitPattern: data[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) })
      }
      tensors[name] = Tensor(shape: entry.shape, values: values)
    }
    self.tensors = tensors
  }

  /// Throws where there is no such float tensor.
  public subscript(_ name: String) -> Tensor {
    get throws {
      guard let tensor = tensors[name] else { throw Failure() }
      return tensor
    }
  }
}
