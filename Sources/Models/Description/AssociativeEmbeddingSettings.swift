/// The parameters of mmpose 1.x for associative embeddings: those of its codec `AssociativeEmbedding`, of `test_cfg` and of
/// `BottomupResize`, with the values that they have where a configuration does not state them.
package struct AssociativeEmbeddingSettings: Hashable, Sendable {
  /// The order in which joints are grouped; nil is the published one of `coco17`, and that of the keypoint set elsewhere.
  package var keypointOrder: [Int]?
  /// A candidate is the highest of a square of so many pixels.
  package var suppressionKernel = 5
  /// Of the blur before refining with UDP.
  package var blurKernel = 3
  package var keypointThreshold = 0.1
  package var tagThreshold = 1.0
  /// Candidates of each joint.
  package var candidates = 20
  /// Added to both coordinates of keypoints that were detected, in map pixels.
  package var centerShift = 0.0
  /// People that are kept; nil keeps all.
  package var maximumInstances: Int?
  package var usesUDP = false
  /// Whether the mirrored output of a flip test is moved by one map pixel.
  package var shiftsFlippedOutput = false
  /// Whether maps are enlarged to the size of the input before people are read from them.
  package var restoresHeatmapSize = false
  /// Whether enlarging keeps the centres of corner pixels in place.
  package var alignsCorners = false
  /// Sides of the input are multiples of it.
  package var sizeFactor = 32
  package var resizeMode = ResizeMode.fit
  /// Whether missing keypoints are looked for first, and all are refined on maps where only candidates are left, as mmpose did
  /// up to 1.1.
  package var fillsFirst = false

  package init() {}
}

extension AssociativeEmbeddingSettings: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case keypointOrder = "decode_keypoint_order"
    case suppressionKernel = "decode_nms_kernel"
    case blurKernel = "decode_gaussian_kernel"
    case keypointThreshold = "decode_keypoint_thr"
    case tagThreshold = "decode_tag_thr"
    case candidates = "decode_topk"
    case centerShift = "decode_center_shift"
    case maximumInstances = "decode_max_instances"
    case usesUDP = "use_udp"
    case shiftsFlippedOutput = "shift_heatmap"
    case restoresHeatmapSize = "restore_heatmap_size"
    case alignsCorners = "align_corners"
    case sizeFactor = "size_factor"
    case resizeMode = "resize_mode"
    case fillsFirst = "fill_first"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: DescriptionKey.self)
    try container.rejectUnknownKeys(["type"] + CodingKeys.allCases.map(\.rawValue))
    try container.read(CodingKeys.keypointOrder, into: &keypointOrder)
    try container.check(
      CodingKeys.keypointOrder, keypointOrder.map { $0.sorted() == Array(0..<$0.count) } ?? true,
      "a list with the number of every joint, counted from 0")
    try container.read(CodingKeys.suppressionKernel, into: &suppressionKernel)
    try container.checkKernel(CodingKeys.suppressionKernel, suppressionKernel)
    try container.read(CodingKeys.blurKernel, into: &blurKernel)
    try container.checkKernel(CodingKeys.blurKernel, blurKernel)
    try container.read(CodingKeys.keypointThreshold, into: &keypointThreshold)
    try container.checkThreshold(CodingKeys.keypointThreshold, keypointThreshold)
    try container.read(CodingKeys.tagThreshold, into: &tagThreshold)
    try container.checkTagThreshold(CodingKeys.tagThreshold, tagThreshold)
    try container.read(CodingKeys.candidates, into: &candidates)
    try container.checkCount(CodingKeys.candidates, candidates)
    try container.read(CodingKeys.centerShift, into: &centerShift)
    try container.check(CodingKeys.centerShift, (-1...1).contains(centerShift), "a number from -1 to 1")
    try container.read(CodingKeys.maximumInstances, into: &maximumInstances)
    if let maximumInstances { try container.checkCount(CodingKeys.maximumInstances, maximumInstances) }
    try container.read(CodingKeys.usesUDP, into: &usesUDP)
    try container.read(CodingKeys.shiftsFlippedOutput, into: &shiftsFlippedOutput)
    try container.read(CodingKeys.restoresHeatmapSize, into: &restoresHeatmapSize)
    try container.read(CodingKeys.alignsCorners, into: &alignsCorners)
    try container.read(CodingKeys.sizeFactor, into: &sizeFactor)
    try container.checkBase(CodingKeys.sizeFactor, sizeFactor)
    if container.contains(.init(CodingKeys.resizeMode)) {
      resizeMode = try container.decodeName(ResizeMode.self, forKey: CodingKeys.resizeMode)
    }
    try container.read(CodingKeys.fillsFirst, into: &fillsFirst)
  }
}
