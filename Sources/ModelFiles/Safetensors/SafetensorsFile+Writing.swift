internal import Files
package import Foundation
package import Inference

extension SafetensorsFile {
  /// Writes tensors as F32 and I64, in the order of their names; the same tensors give the same bytes.
  /// The file appears whole or not at all.
  package static func write(_ tensors: [String: Tensor], metadata: [String: String] = [:], to url: URL) throws {
    try OutputFile.write(serialize(tensors, metadata: metadata), to: url)
  }

  /// The bytes of a file that holds `tensors`.
  package static func serialize(_ tensors: [String: Tensor], metadata: [String: String] = [:]) throws -> Data {
    guard tensors["__metadata__"] == nil else {
      throw ModelFileError(.unsupported, "safetensors: no tensor can be called __metadata__; give it another name")
    }
    var fields = metadata.isEmpty ? [] : ["\"__metadata__\":\(try json(metadata))"]
    let sorted = tensors.sorted { $0.key < $1.key }
    var end = 0
    for (name, tensor) in sorted {
      let begin = end
      end += tensor.count * tensor.storedType.byteCount
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      fields.append(
        "\(try json(name)):{\"dtype\":\"\(tensor.storedType.safetensorsName)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(begin),\(end)]}")
    }
    var header = "{\(fields.joined(separator: ","))}"
    header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    var data = Data(capacity: 8 + header.utf8.count + end)
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(contentsOf: header.utf8)
    for (_, tensor) in sorted { tensor.withStoredBytes { data.append(contentsOf: $0) } }
    return data
  }

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
