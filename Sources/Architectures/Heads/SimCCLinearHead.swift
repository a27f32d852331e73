internal import Inference

/// SimCC's own head: one map a keypoint, and out of each, by one linear layer an axis, a vector of bins (Li et al., SimCC: a
/// Simple Coordinate Classification Perspective for Human Pose Estimation, 2022).
package struct SimCCLinearHead: Head {
  package static let type = "simcc_linear"
  package static let published = SimCCLinearHead()

  /// As in a heatmap head; empty where the maps have the size of the backbone's output.
  package var deconvChannels: [Int]
  package var deconvGroups = 1

  package init(deconvChannels: [Int] = [256, 256, 256], groups: Int = 1) {
    self.deconvChannels = deconvChannels
    deconvGroups = groups
  }

  package func write(_ features: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter) throws {
    guard let ratio = task.binsPerPixel else {
      throw ArchitectureError("a SimCC head needs the codec \"simcc\"")
    }
    let (width, height, keypoints) = (task.inputWidth, task.inputHeight, task.outputs)
    guard width.isMultiple(of: 32), height.isMultiple(of: 32), deconvChannels.count <= 5 else {
      throw ArchitectureError("a SimCC head needs an input whose sides are multiples of 32, and up to 5 deconvolutions")
    }
    let maps =
      if deconvChannels.isEmpty {
        writer.convolution("final_layer", features, to: keypoints, kernel: 1, bias: true)
      } else {
        try writer.part("deconv_head") {
          try HeatmapHead(deconvChannels: deconvChannels, groups: deconvGroups).maps(features, keypoints, to: &$0)
        }
      }
    let cells = (width / 32 * (height / 32)) << (2 * deconvChannels.count)
    let tokens = FeatureMap(value: writer.reshape(maps.value, [0, keypoints, -1]), channels: cells)
    for (name, size) in [("x", width), ("y", height)] {
      let bins = Int(Double(size) * ratio)
      writer.builder.output(
        writer.linear("mlp_head_\(name)", tokens, to: bins, bias: true).value, name: "simcc_\(name)")
    }
  }
}
