/// The parameters of mmpose 1.x for people as centres and displacements (structured pose representation: Nie et al., Single-Stage
/// Multi-Person Pose Machines, 2019): those of its codec `SPR`, of `test_cfg` and of `BottomupResize`, with the values that they
/// have where a configuration does not state them.
package struct SPRSettings: Hashable, Sendable {
  /// A centre is the highest of a square of so many pixels.
  package var suppressionKernel = 5
  /// Centres that are looked at.
  package var maximumInstances = 30
  package var centerThreshold = 0.01
  /// Joints are near each other up to this share of a pose's diagonal; 0 suppresses nobody.
  package var nearbyDistance = 0.0
  /// Poses with more near joints than this are one person's; nil is half the joints.
  package var nearbyJoints: Int?
  package var maximumPeople = 30
  /// Whether the mirrored heatmaps of a flip test are moved by one map pixel.
  package var shiftsFlippedOutput = false
  /// Sides of the input are multiples of it.
  package var sizeFactor = 32
  package var resizeMode = ResizeMode.fit
  /// How poses are rated by a second part of the network; nil rates none.
  package var rescoring: Rescoring?

  /// What the part sees of a pose (mmpose `RescoreNet`).
  package struct Rescoring: Hashable, Sendable {
    /// Pairs of joints, counted from 0, in the order in which the part was trained.
    package var links: [[Int]]
    /// The two links whose mean length is the unit.
    package var normIndexes: [Int]

    package init(links: [[Int]], normIndexes: [Int]) {
      self.links = links
      self.normIndexes = normIndexes
    }
  }

  package init() {}
}

extension SPRSettings.Rescoring: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case links
    case normIndexes = "norm_indexes"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: DescriptionKey.self)
    try container.rejectUnknownKeys(CodingKeys.allCases.map(\.rawValue))
    links = try container.decode([[Int]].self, forKey: .init(CodingKeys.links))
    try container.check(
      CodingKeys.links,
      (1...200).contains(links.count)
        && links.allSatisfy { $0.count == 2 && $0.allSatisfy { (0..<1000).contains($0) } },
      "up to 200 pairs of joints, counted from 0")
    normIndexes = try container.decode([Int].self, forKey: .init(CodingKeys.normIndexes))
    try container.check(
      CodingKeys.normIndexes, normIndexes.count == 2 && normIndexes.allSatisfy(links.indices.contains),
      "the numbers of two links, counted from 0")
  }
}

extension SPRSettings: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case suppressionKernel = "decode_nms_kernel"
    case maximumInstances = "decode_max_instances"
    case centerThreshold = "decode_thr"
    case nearbyDistance = "nms_dist_thr"
    case nearbyJoints = "nms_joints_thr"
    case maximumPeople = "max_num_people"
    case shiftsFlippedOutput = "shift_heatmap"
    case sizeFactor = "size_factor"
    case resizeMode = "resize_mode"
    case rescoring = "rescore"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: DescriptionKey.self)
    try container.rejectUnknownKeys(["type"] + CodingKeys.allCases.map(\.rawValue))
    try container.read(CodingKeys.suppressionKernel, into: &suppressionKernel)
    try container.checkKernel(CodingKeys.suppressionKernel, suppressionKernel)
    try container.read(CodingKeys.maximumInstances, into: &maximumInstances)
    try container.checkCount(CodingKeys.maximumInstances, maximumInstances)
    try container.read(CodingKeys.centerThreshold, into: &centerThreshold)
    try container.checkThreshold(CodingKeys.centerThreshold, centerThreshold)
    try container.read(CodingKeys.nearbyDistance, into: &nearbyDistance)
    try container.check(CodingKeys.nearbyDistance, (0...10).contains(nearbyDistance), "a number from 0 to 10")
    try container.read(CodingKeys.nearbyJoints, into: &nearbyJoints)
    try container.check(
      CodingKeys.nearbyJoints, nearbyJoints.map { (0...1000).contains($0) } ?? true, "a number from 0 to 1000")
    try container.read(CodingKeys.maximumPeople, into: &maximumPeople)
    try container.checkCount(CodingKeys.maximumPeople, maximumPeople)
    try container.read(CodingKeys.shiftsFlippedOutput, into: &shiftsFlippedOutput)
    try container.read(CodingKeys.sizeFactor, into: &sizeFactor)
    try container.checkBase(CodingKeys.sizeFactor, sizeFactor)
    if container.contains(.init(CodingKeys.resizeMode)) {
      resizeMode = try container.decodeName(ResizeMode.self, forKey: CodingKeys.resizeMode)
    }
    try container.read(CodingKeys.rescoring, into: &rescoring)
  }
}
