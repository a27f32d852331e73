internal import Foundation
internal import ModelFiles
internal import TestSupport

@testable internal import Architectures

/// A shrunken network whose weights and results come from mmpose.
struct ReferenceNetwork {
  let architecture: Architecture
  let description: PoseDescription
  private let folder: URL
  private let files: [String: String]

  /// nil, with the reason printed, where the folder of reference networks is absent.
  init?(_ name: String) throws {
    guard let file = SharedFiles.file("reference/networks/\(name)/case.json") else { return nil }
    let example = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
    let sizes = example["architecture"] as? [String: Any] ?? [:]
    folder = file.deletingLastPathComponent()
    files = example["files"] as? [String: String] ?? [:]
    architecture = try Self.architecture(family: example["family"] as? String ?? "", sizes)
    let inputSize = example["input_size"] as? [Int] ?? []
    let codec = example["codec"] as? [String: Any] ?? [:]
    let sets = [17: "coco17", 133: "wholebody133", 16: "mpii16", 40: "trb40", 14: "crowdpose14"]
    description = PoseDescription(
      inputWidth: inputSize[0], inputHeight: inputSize[1], keypointSet: sets[example["num_keypoints"] as? Int ?? 0]!,
      codec: codec["heatmap_type"] as? String == "combined"
        ? .heatmapUDPCombined(blurKernel: 11, radiusFactor: 0.0546875) : .heatmap)
  }

  /// The key is one of `checkpoint`, `checkpoint_legacy`, `safetensors`, `input`, `output`.
  func file(_ key: String) -> URL? {
    files[key].map { folder.appending(path: $0).standardizedFileURL }
  }

  private static func architecture(family: String, _ sizes: [String: Any]) throws -> Architecture {
    func part(_ type: String, _ keys: [String]) -> [String: Any] {
      sizes.filter { keys.contains($0.key) }.merging(["type": type]) { $1 }
    }
    let head = part("heatmap", ["deconv_channels"])
    switch family {
    case "simplebaseline_resnet", "simplebaseline_resnetv1d":
      return try Architecture(json: [
        "backbone": part("resnet", ["depth", "base_channels", "stem_channels", "deep_stem", "avg_down"]), "head": head,
      ])
    default:
      return try Architecture(json: [
        "backbone": part("hrnet", ["stem_channels", "stage_channels", "stage_blocks", "stage_modules"]),
        "head": ["type": "heatmap", "deconv_channels": [Int]()] as [String: Any],
      ])
    }
  }
}
