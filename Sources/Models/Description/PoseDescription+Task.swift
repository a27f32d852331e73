public import Architectures
private import Pose

extension Architecture {
  /// The network for pictures and keypoints as `description` has them.
  ///
  /// - Parameter name: what the description is called in messages.
  /// - Throws: `ModelError` where the keypoint set is not known, or sizes contradict each other.
  public func blueprint(for description: PoseDescription, name: String) throws -> NetworkBlueprint {
    do {
      return try blueprint(for: description.task(name: name))
    } catch let error as ArchitectureError {
      throw ModelError(.unusable, "\(name): \(error.description)")
    }
  }
}

extension PoseDescription {
  /// The numbers that a network is built for.
  fileprivate func task(name: String) throws -> NetworkTask {
    guard let skeleton = Skeleton.named(keypointSet) else {
      throw ModelError(
        .unusable,
        "\(name): the keypoint set \"\(keypointSet)\" is not known; known are "
          + Skeleton.all.map(\.name).joined(separator: ", "))
    }
    var task = NetworkTask(inputWidth: inputWidth, inputHeight: inputHeight, outputs: skeleton.joints.count)
    switch codec {
    case .heatmapUDPCombined: task.outputs *= 3
    case .simcc(let splitRatio, _): task.binsPerPixel = splitRatio
    case .heatmap, .heatmapDark, .heatmapUDP, .heatmapSoftmax: break
    }
    return task
  }
}
