package import Foundation
package import Inference
internal import SwiftProtobuf

/// An ONNX file read into a graph. Operator sets 8 to 25 of the standard domain, without control flow.
///
/// Weights that the graph cannot express become `Float` or `Int64` tensors; composite operators are written out in the
/// vocabulary of `Operation`; nodes that no output needs are left out. Errors (`ModelFileError`) name the file and the node.
/// The format: https://github.com/onnx/onnx/blob/main/docs/IR.md, the operators: docs/Operators.md and docs/Changelog.md there.
package struct ONNXModel: Sendable {
  package let graph: Graph
  /// Version of the standard operator set that the file was written for.
  package let opset: Int
  /// The program that wrote the file, with its version, as the file says.
  package let producer: String
  /// What the exporter wrote down about the network, such as the names of its classes.
  package let metadata: [String: String]

  /// The files beside the model that hold weights of its.
  package let weightFiles: [URL]

  static let supportedOpsets = 8...25

  /// Reads the file and, where the weights lie beside it, those: only from files inside the same folder.
  package init(contentsOf url: URL) throws {
    try self.init(ByteSource(contentsOf: url), folder: url.deletingLastPathComponent())
  }

  /// `folder` is where external weights may lie; without one a model that has some is refused.
  package init(_ source: ByteSource, folder: URL? = nil) throws {
    var (model, weights) = try Self.decode(source)
    let imports = model.opsetImport.filter { ["", "ai.onnx"].contains($0.domain) }
    guard let version = imports.map(\.version).max() else {
      throw ModelFileError(.malformed, "\(source.name): not an ONNX model (it names no operator set)")
    }
    guard let opset = Int(exactly: version), Self.supportedOpsets.contains(opset) else {
      throw ModelFileError(
        .unsupported,
        "\(source.name): operator set \(version) is not supported (\(Self.supportedOpsets.lowerBound) to "
          + "\(Self.supportedOpsets.upperBound) are); export the model again, for instance with opset_version=17")
    }
    self.opset = opset
    producer = [model.producerName, model.producerVersion].filter { !$0.isEmpty }.joined(separator: " ")
    metadata = Dictionary(model.metadataProps.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    var importer = ONNXImporter(
      model.takeGraph(), opset: opset, source: source, weights: weights,
      externalData: ONNXExternalData(folder: folder, model: source.name))
    graph = try importer.importGraph()
    weightFiles = importer.externalData.files
  }

  /// The file without its large weights, and where those lie, by their place among the initializers.
  private static func decode(_ source: ByteSource) throws -> (ProtoModel, weights: [Int: Range<Int>]) {
    guard source.count < 1 << 31 else {
      throw ModelFileError(
        .unsupported,
        "\(source.name): larger than 2 GiB, which ONNX does not allow; export the model with its weights in a separate file"
      )
    }
    var options = BinaryDecodingOptions()
    options.discardUnknownFields = true
    // What the cut does not understand, the decoder explains.
    let skeleton = try? ONNXSkeleton(source)
    do {
      let bytes = try skeleton?.bytes ?? source.bytes(at: 0, count: source.count)
      return (try ProtoModel(serializedBytes: bytes, options: options), skeleton?.weights ?? [:])
    } catch let error as BinaryDecodingError {
      throw ModelFileError(.malformed, "\(source.name): not an ONNX model, or cut short (\(error))")
    }
  }
}

extension ProtoModel {
  /// Moves the graph out, so that its weights are held once while they are converted.
  fileprivate mutating func takeGraph() -> ProtoNetwork {
    defer { clearGraph() }
    return graph
  }
}
