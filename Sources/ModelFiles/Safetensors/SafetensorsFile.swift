package import Foundation

/// A safetensors file: a JSON header with name, type, shape and place of every tensor, then the bytes.
///
/// The format is described in https://github.com/huggingface/safetensors. As its reader demands, the tensors must fill the
/// data without overlap; the header is at most 100 MB.
package struct SafetensorsFile: Sendable {
  package let tensors: [String: StoredTensor]
  /// The free-form `__metadata__`.
  package let metadata: [String: String]

  static let maximumHeaderSize = 100_000_000

  package init(contentsOf url: URL) throws {
    try self.init(ByteSource(contentsOf: url))
  }

  package init(_ source: ByteSource) throws {
    guard source.count >= 8 else {
      throw ModelFileError(.malformed, "\(source.name): too short to be a safetensors file")
    }
    let size = try source.bytes(at: 0, count: 8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard size >= 2, size <= Self.maximumHeaderSize, Int(size) <= source.count - 8 else {
      throw ModelFileError(
        .malformed, "\(source.name): not a safetensors file, or cut short (its header would be \(size) bytes long)")
    }
    let header = try Self.header(source.bytes(at: 8, count: Int(size)), of: source.name)
    metadata = header.metadata
    let start = 8 + Int(size)
    try Self.checkLayout(header.entries, dataSize: source.count - start, in: source.name)
    tensors = try header.entries.mapValues { entry in
      try StoredTensor(entry.scalarType, shape: entry.shape, in: source, at: start + entry.begin)
    }
  }

  /// The tensors must lie one after the other without gap or overlap, each as long as its type and shape say.
  private static func checkLayout(_ entries: [String: SafetensorsEntry], dataSize: Int, in file: String) throws {
    var end = 0
    for (name, entry) in entries.sorted(by: { ($0.value.begin, $0.value.end) < ($1.value.begin, $1.value.end) }) {
      let size = try entry.scalarType.byteCount(ofShape: entry.shape, in: file)
      guard entry.begin == end, entry.end >= entry.begin, entry.end - entry.begin == size else {
        throw ModelFileError(
          .malformed,
          "\(file): tensor \"\(name)\" (\(entry.scalarType), \(entry.shape)) says it lies at bytes \(entry.begin) to "
            + "\(entry.end), which overlaps another, leaves a gap or does not fit its shape")
      }
      end = entry.end
    }
    guard end == dataSize else {
      throw ModelFileError(
        .malformed, "\(file): the tensors take \(end) bytes, the file has \(dataSize); it is cut short or damaged")
    }
  }

  private static func header(
    _ bytes: [UInt8], of file: String
  ) throws -> (entries: [String: SafetensorsEntry], metadata: [String: String]) {
    do {
      let header = try JSONDecoder().decode(SafetensorsHeader.self, from: Data(bytes))
      return (header.entries, header.metadata)
    } catch let error as DecodingError {
      throw ModelFileError(.malformed, "\(file): the safetensors header cannot be read: \(error.summary)")
    }
  }
}

extension DecodingError {
  fileprivate var summary: String {
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
      .dataCorrupted(let context):
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
    @unknown default: return "\(self)"
    }
  }
}
