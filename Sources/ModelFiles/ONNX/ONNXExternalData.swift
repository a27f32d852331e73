internal import Foundation
internal import Inference

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Weights that lie in files beside the model. Only files inside the model's folder are opened, whatever the model says:
/// no absolute paths, no "..", no links that lead out.
struct ONNXExternalData {
  let folder: URL?
  let model: String
  private var sources: [String: (source: ByteSource, file: URL)] = [:]

  init(folder: URL?, model: String) {
    self.folder = folder
    self.model = model
  }

  /// The files that weights were found in, by their names.
  var files: [URL] { sources.sorted { $0.key < $1.key }.map(\.value.file) }

  mutating func tensor(
    _ type: ScalarType, shape: [Int], entries: [ProtoEntry], called name: String
  ) throws -> Tensor {
    let fields = Dictionary(entries.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    let source = try source(at: fields["location"] ?? "", for: name)
    let size = try type.byteCount(ofShape: shape, in: source.name)
    guard let offset = Int(fields["offset"] ?? "0"), let length = Int(fields["length"] ?? "\(size)"), length == size
    else {
      throw ModelFileError(
        .malformed, "\(model): the place of the weights \"\(name)\" in \(source.name) does not fit their shape \(shape)"
      )
    }
    return try StoredTensor(type, shape: shape, in: source, at: offset).deferred()
  }

  private mutating func source(at location: String, for name: String) throws -> ByteSource {
    if let known = sources[location] { return known.source }
    let components = location.split(separator: "/", omittingEmptySubsequences: false)
    guard let folder, !location.isEmpty, !location.contains("\0"), !components.contains(""), !components.contains("..")
    else {
      throw ModelFileError(
        .malformed,
        "\(model): the weights \"\(name)\" lie in \"\(location)\"; only files inside the folder of the model are read")
    }
    let path = folder.appending(path: location).path(percentEncoded: false)
    guard let root = Self.resolved(folder.path(percentEncoded: false)), let target = Self.resolved(path) else {
      throw ModelFileError(
        .unreadable, "\(model): the file \"\(location)\" with its weights is missing; put it beside the model")
    }
    guard target.hasPrefix(root == "/" ? root : root + "/") else {
      throw ModelFileError(
        .malformed,
        "\(model): \"\(location)\" with the weights \"\(name)\" is a link that leads out of the model's folder; put the file itself there"
      )
    }
    let source = try ByteSource(contentsOf: URL(filePath: target))
    sources[location] = (source, URL(filePath: target))
    return source
  }

  private static func resolved(_ path: String) -> String? {
    guard let pointer = realpath(path.isEmpty ? "." : path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }
}
