package import Foundation
package import Inference

/// The weights of a network in a file of PyTorch (`.pth`, `.pt`, either format) or safetensors, told apart by their bytes.
///
/// Opening reads names, shapes and places only; each tensor is read from the file when it is asked for, so that optimizer
/// state costs nothing. Nothing in the file is ever executed.
package struct Checkpoint: Sendable {
  package enum Format: String, Sendable { case torch, torchBefore16, safetensors }

  package let name: String
  package let format: Format
  /// By name, without the `module.` that data-parallel training puts before names.
  package let tensors: [String: StoredTensor]
  /// What the file says about itself in text or numbers: the `meta` of mmpose, `__metadata__` of safetensors.
  package let metadata: [String: String]

  package init(contentsOf url: URL) throws {
    try self.init(ByteSource(contentsOf: url))
  }

  package init(_ source: ByteSource) throws {
    name = source.name
    format = try Format(of: source)
    let contents: (tensors: [String: StoredTensor], metadata: [String: String])
    switch format {
    case .safetensors:
      let file = try SafetensorsFile(source)
      contents = (file.tensors, file.metadata)
    case .torch: contents = try StateDictionary(in: TorchArchive(zip: source)).contents()
    case .torchBefore16: contents = try StateDictionary(in: TorchArchive(legacy: source)).contents()
    }
    metadata = contents.metadata
    tensors = try Self.withoutModulePrefix(contents.tensors, in: name)
  }

  /// Reads one tensor. Throws `mismatched` where there is none of that name.
  package func tensor(_ tensorName: String) throws -> Tensor {
    guard let tensor = tensors[tensorName] else {
      throw ModelFileError(.mismatched, "\(name): there is no tensor \"\(tensorName)\"")
    }
    return try tensor.read()
  }

  private static func withoutModulePrefix(
    _ tensors: [String: StoredTensor], in file: String
  ) throws -> [String: StoredTensor] {
    let prefix = "module."
    guard tensors.keys.contains(where: { $0.hasPrefix(prefix) }) else { return tensors }
    let pairs = tensors.map { ($0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0, $1) }
    return try Dictionary(
      pairs,
      uniquingKeysWith: { _, _ in
        throw ModelFileError(
          .malformed, "\(file): tensors are there both with and without \"\(prefix)\" before their name")
      })
  }
}

extension Checkpoint.Format {
  init(of source: ByteSource) throws {
    let head = try source.bytes(at: 0, count: min(source.count, 512))
    if head.starts(with: [0x50, 0x4b, 0x03, 0x04]) || head.starts(with: [0x50, 0x4b, 0x05, 0x06]) {
      self = .torch
    } else if head.starts(with: TorchArchive.legacyMagic) {
      self = .torchBefore16
    } else if head.count > 8, head[8] == UInt8(ascii: "{"), head[6] == 0, head[7] == 0 {
      self = .safetensors
    } else if head.count > 262, head[257..<262].elementsEqual("ustar".utf8) {
      throw ModelFileError(
        .unsupported, "\(source.name): a checkpoint of torch before 0.1.10; load and save it again with a newer torch")
    } else {
      throw ModelFileError(
        .malformed,
        "\(source.name): not a checkpoint (neither a file of torch.save nor safetensors), or only the beginning of one")
    }
  }
}
