package import Pose

extension Skeleton {
  /// The keypoint set of that name. Throws with the names there are.
  package static func required(_ name: String, by user: String) throws -> Skeleton {
    if let skeleton = named(name) { return skeleton }
    throw PipelineError(
      .unusable,
      "\(user): no keypoint set is called \"\(name)\"; there are \(all.map(\.name).joined(separator: ", "))")
  }
}
