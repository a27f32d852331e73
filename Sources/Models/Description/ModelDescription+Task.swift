package import Architectures
private import Pose

extension Architecture {
  /// The network for pictures and keypoints as `description` has them.
  ///
  /// - Parameter name: what the description is called in messages.
  /// - Throws: `ModelError` where the keypoint set is not known, sizes contradict each other, or it is a detector's.
  package func blueprint(for description: ModelDescription, name: String) throws -> NetworkBlueprint {
    do {
      return try blueprint(for: description.task(name: name))
    } catch let error as ArchitectureError {
      throw ModelError(.unusable, "\(name): \(error.description)")
    }
  }
}

extension ModelDescription {
  /// The numbers that a network is built for.
  fileprivate func task(name: String) throws -> NetworkTask {
    guard let keypointSet else {
      throw ModelError(.unusable, "\(name): detectors are read from .onnx files, not from checkpoints")
    }
    guard let skeleton = Skeleton.named(keypointSet) else {
      throw ModelError(
        .unusable,
        "\(name): the keypoint set \"\(keypointSet)\" is not known; known are "
          + Skeleton.all.map(\.name).joined(separator: ", "))
    }
    let joints = skeleton.joints.count
    var task = NetworkTask(inputWidth: inputSize.width, inputHeight: inputSize.height, outputs: joints)
    switch self {
    case .pose(let description):
      switch description.codec {
      case .heatmapUDPCombined: task.outputs *= 3
      case .simcc(let splitRatio, _): task.binsPerPixel = splitRatio
      case .heatmap, .heatmapDark, .heatmapUDP, .heatmapSoftmax: break
      }
    case .bottomUp(let description):
      switch description.codec {
      case .heatmapParser, .associativeEmbedding: task.people = .tagged
      case .spr(let settings): task.people = .centred(links: settings.rescoring?.links.count ?? 0)
      }
    case .oneStagePose:
      throw ModelError(.unusable, "\(name): one-stage pose networks are read from .onnx files, not from checkpoints")
    case .detector: break
    }
    return task
  }
}
