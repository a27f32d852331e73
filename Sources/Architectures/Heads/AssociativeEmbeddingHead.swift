internal import Inference

/// A heatmap head that writes, after the maps of the keypoints, as many maps of tags, which say whose a keypoint is (Newell et
/// al., Associative Embedding: End-to-End Learning for Joint Detection and Grouping, 2017; mmpose 0.x `AESimpleHead`, 1.x
/// `AssociativeEmbeddingHead`).
package struct AssociativeEmbeddingHead: Head {
  package static let type = "associative_embedding"
  package static let published = AssociativeEmbeddingHead()

  /// As in a heatmap head; empty for backbones whose output has the maps' size already.
  package var deconvChannels: [Int]

  package init(deconvChannels: [Int] = []) {
    self.deconvChannels = deconvChannels
  }

  package func write(_ features: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter) throws {
    let channels = task.outputs + (try task.requiredTagMaps)
    let maps = try HeatmapHead(deconvChannels: deconvChannels).maps(features, channels, to: &writer)
    writer.builder.output(maps.value, name: "output")
  }
}

extension NetworkTask {
  /// Throws where the description is of a network that does not write tags.
  var requiredTagMaps: Int {
    get throws {
      guard people == .tagged else {
        throw ArchitectureError(
          "a head that writes tags needs a description of kind \"bottom_up\" with the codec heatmap_parser or associative_embedding"
        )
      }
      return outputs
    }
  }
}
