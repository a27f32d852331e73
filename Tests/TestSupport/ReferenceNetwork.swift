package import Architectures
package import Foundation
package import Inference
private import ModelFiles
package import Models

/// A shrunken network whose weights and results come from mmpose.
package struct ReferenceNetwork {
  package let architecture: Architecture
  package let description: ModelDescription
  private let folder: URL
  private let files: [String: String]

  /// Skips the test where the folder of reference networks is absent.
  package init(_ name: String) throws {
    let file = try SharedFiles.file("reference/networks/\(name)/case.json")
    let example = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
    let sizes = example["architecture"] as? [String: Any] ?? [:]
    folder = file.deletingLastPathComponent()
    files = example["files"] as? [String: String] ?? [:]
    architecture = try Self.architecture(family: example["family"] as? String ?? "", sizes)
    let inputSize = example["input_size"] as? [Int] ?? []
    let codec = example["codec"] as? [String: Any] ?? [:]
    let sets = [17: "coco17", 133: "wholebody133", 16: "mpii16", 40: "trb40", 14: "crowdpose14"]
    let keypointSet = sets[example["num_keypoints"] as? Int ?? 0]!
    if let grouping = try Self.grouping(codec, of: example) {
      description = .bottomUp(
        BottomUpDescription(
          inputWidth: inputSize[0], inputHeight: inputSize[1], keypointSet: keypointSet, codec: grouping))
    } else {
      description = .pose(
        PoseDescription(
          inputWidth: inputSize[0], inputHeight: inputSize[1], keypointSet: keypointSet, codec: Self.codec(codec)))
    }
  }

  /// Of a network that looks at single people.
  package var pose: PoseDescription {
    guard case .pose(let description) = description else { preconditionFailure("a network for whole pictures") }
    return description
  }

  /// The key is one of `checkpoint`, `checkpoint_legacy`, `safetensors`, `onnx`, `input`, `output`.
  package func file(_ key: String) -> URL? {
    files[key].map { folder.appending(path: $0).standardizedFileURL }
  }

  /// The network with the weights of its checkpoint.
  package func graph() throws -> Graph {
    guard let checkpoint = file("checkpoint") else { throw CocoaError(.fileNoSuchFile) }
    return try architecture.blueprint(for: description, name: folder.lastPathComponent).graph(
      loading: Checkpoint(contentsOf: checkpoint)
    ).optimised()
  }

  private static func grouping(_ codec: [String: Any], of example: [String: Any]) throws -> GroupingCodec? {
    switch codec["type"] as? String {
    case "0.x HeatmapParser":
      return .heatmapParser(HeatmapParserSettings(usesUDP: example["use_udp"] as? Bool ?? false))
    case "AssociativeEmbedding": return .associativeEmbedding(AssociativeEmbeddingSettings())
    default: return nil
    }
  }

  private static func codec(_ codec: [String: Any]) -> KeypointCodec {
    if codec["type"] as? String == "SimCCLabel" { return .simcc(splitRatio: 2, darkSigma: nil) }
    return codec["heatmap_type"] as? String == "combined"
      ? .heatmapUDPCombined(blurKernel: 11, radiusFactor: 0.0546875) : .heatmap
  }

  /// From mmpose's names of the sizes to ours.
  private static func architecture(family: String, _ sizes: [String: Any]) throws -> Architecture {
    func part(_ type: String, _ names: [String: String]) -> [String: Any] {
      names.compactMapValues { sizes[$0] }.merging(["type": type]) { $1 }
    }
    func same(_ names: String...) -> [String: String] { Dictionary(uniqueKeysWithValues: names.map { ($0, $0) }) }
    var head = part("heatmap", ["deconv_channels": "deconv_channels"])
    let backbone: [String: Any]
    switch family {
    case "simplebaseline_resnet", "simplebaseline_resnetv1d":
      backbone = part("resnet", same("depth", "base_channels", "stem_channels", "deep_stem", "avg_down"))
    case "simplebaseline_mobilenetv2":
      backbone = part("mobilenetv2", same("stem_channels", "stage_channels"))
    case "vipnas_resnet":
      func stages(_ key: String) -> [Any] { Array((sizes[key] as? [Any] ?? []).dropFirst()) }
      backbone = [
        "type": "vipnas_resnet", "channels": sizes["wid"] ?? 0, "kernels": sizes["ks"] ?? 0, "blocks": stages("dep"),
        "groups": stages("group"), "has_context": stages("att"),
      ]
      head["deconv_groups"] = (sizes["deconv_groups"] as? [Int])?[0]
    case "cspnext", "rtmpose":
      backbone = part("cspnext", ["channels": "stage_channels", "blocks": "num_blocks"])
      if let gau = (sizes["head"] as? [String: Any])?["gau"] as? [String: Any] {
        head = ["type": "simcc", "hidden_channels": gau["hidden_dims"] ?? 0, "attention_channels": gau["s"] ?? 0]
      }
    case "vitpose":
      backbone = part(
        "vit",
        [
          "channels": "embed_dims", "layers": "num_layers", "heads": "num_heads",
          "feedforward_channels": "feedforward_channels",
        ])
    case "litehrnet":
      backbone = part(
        "litehrnet",
        [
          "stem_channels": "stem_channels", "stage_channels": "stage_channels", "stage_modules": "num_modules",
          "stage_blocks": "num_blocks",
        ])
      head["deconv_channels"] = [Int]()
    default:
      backbone = part("hrnet", same("stem_channels", "stage_channels", "stage_blocks", "stage_modules"))
      head["deconv_channels"] = [Int]()
      if family == "ae_hrnet" { head = ["type": "associative_embedding"] }
      if let channels = (sizes["deconv_filters"] as? [Int])?.first {
        head = ["type": "higher_resolution", "deconv_channels": channels]
      }
    }
    let object = try JSONSerialization.data(withJSONObject: ["backbone": backbone, "head": head])
    return try JSONDecoder().decode(Architecture.self, from: object)
  }
}
