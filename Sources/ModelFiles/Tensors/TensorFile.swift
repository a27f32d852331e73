package import Foundation
package import Inference

/// Tensors in files of any kind that programs exchange: `.safetensors`, `.npy`, and for reading `.pth` and `.pt`. The kind is
/// told by the end of the file's name.
package enum TensorFile {
  /// All tensors by name. That of a `.npy` file, which has no name inside, is called like the file without its extension.
  package static func read(_ url: URL) throws -> [String: Tensor] {
    switch url.pathExtension.lowercased() {
    case "safetensors": try SafetensorsFile(contentsOf: url).tensors.mapValues { try $0.read() }
    case "npy": [url.deletingPathExtension().lastPathComponent: try NPYFile(contentsOf: url).tensor.read()]
    case "pth", "pt": try Checkpoint(contentsOf: url).tensors.mapValues { try $0.read() }
    default: throw unknown(url, "name it .safetensors, .npy, .pth or .pt after what it holds")
    }
  }

  /// A `.npy` file takes one tensor, a `.safetensors` file any number.
  package static func write(_ tensors: [String: Tensor], to url: URL) throws {
    switch url.pathExtension.lowercased() {
    case "safetensors":
      try SafetensorsFile.write(tensors, to: url)
    case "npy":
      guard let tensor = tensors.values.first, tensors.count == 1 else {
        throw ModelFileError(
          .unsupported,
          "\(url.path(percentEncoded: false)): a .npy file holds one tensor, but there are \(tensors.count); write .safetensors"
        )
      }
      try NPYFile.write(tensor, to: url)
    default: throw unknown(url, "write .safetensors or .npy")
    }
  }

  private static func unknown(_ url: URL, _ advice: String) -> ModelFileError {
    ModelFileError(.unsupported, "\(url.path(percentEncoded: false)): not a known kind of tensor file; \(advice)")
  }
}
