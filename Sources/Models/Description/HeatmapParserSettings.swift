/// What mmpose 0.x calls `test_cfg` of an associative embedding, with the values of its published configurations.
package struct HeatmapParserSettings: Hashable, Sendable {
  /// Candidates of each joint; with `ignoresTooMany` people, too.
  package var maximumPeople = 30
  /// Sizes of the picture at which the network looks at it (multi-scale test); tags are those of size 1.
  package var scaleFactors: [Double] = [1]
  /// Whether maps are enlarged to the size of the input before people are read from them.
  package var projectsToImage: Bool
  /// Whether enlarging keeps the centres of corner pixels in place.
  package var alignsCorners: Bool
  /// A candidate is the highest of a square of so many pixels.
  package var suppressionKernel = 5
  package var detectionThreshold = 0.1
  package var tagThreshold = 1.0
  /// Whether tags are compared in whole steps, and the surer of equal candidates comes first.
  package var usesDetectionValue = true
  package var ignoresTooMany = false
  /// Whether keypoints move a quarter pixel towards the higher neighbour, with UDP as in DARK.
  package var adjusts = true
  /// Whether missing keypoints are looked for where the tags are the person's.
  package var refines = true
  /// Whether they are looked for on the blurred logarithms of the maps that UDP's step goes by, as mmpose does without a GPU,
  /// where it works in place; hardly anything is found there. Its published figures are those with a GPU.
  package var refinesLogarithms = false
  /// Whether pictures are resized, and keypoints brought back, with UDP's geometry.
  package var usesUDP: Bool
  /// Sides of the input are multiples of it.
  package var baseLength = 64

  package init(usesUDP: Bool = false) {
    self.usesUDP = usesUDP
    projectsToImage = !usesUDP
    alignsCorners = usesUDP
  }
}

extension HeatmapParserSettings: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case maximumPeople = "max_num_people"
    case scaleFactors = "scale_factor"
    case projectsToImage = "project2image"
    case alignsCorners = "align_corners"
    case suppressionKernel = "nms_kernel"
    case detectionThreshold = "detection_threshold"
    case tagThreshold = "tag_threshold"
    case usesDetectionValue = "use_detection_val"
    case ignoresTooMany = "ignore_too_much"
    case adjusts = "adjust"
    case refines = "refine"
    case refinesLogarithms = "refine_logarithms"
    case usesUDP = "use_udp"
    case baseLength = "base_length"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: DescriptionKey.self)
    try container.rejectUnknownKeys(["type"] + CodingKeys.allCases.map(\.rawValue))
    self.init(usesUDP: try container.decodeIfPresent(Bool.self, forKey: .init(CodingKeys.usesUDP)) ?? false)
    try container.read(CodingKeys.maximumPeople, into: &maximumPeople)
    try container.checkCount(CodingKeys.maximumPeople, maximumPeople)
    try container.read(CodingKeys.scaleFactors, into: &scaleFactors)
    try container.check(
      CodingKeys.scaleFactors,
      (1...8).contains(scaleFactors.count) && scaleFactors.allSatisfy { (0.1...8).contains($0) }
        && (scaleFactors.count == 1 || scaleFactors.filter { $0 == 1 }.count == 1),
      "one to eight numbers from 0.1 to 8, one of them 1 if they are several")
    try container.read(CodingKeys.projectsToImage, into: &projectsToImage)
    try container.read(CodingKeys.alignsCorners, into: &alignsCorners)
    try container.read(CodingKeys.suppressionKernel, into: &suppressionKernel)
    try container.checkKernel(CodingKeys.suppressionKernel, suppressionKernel)
    try container.read(CodingKeys.detectionThreshold, into: &detectionThreshold)
    try container.checkThreshold(CodingKeys.detectionThreshold, detectionThreshold)
    try container.read(CodingKeys.tagThreshold, into: &tagThreshold)
    try container.checkTagThreshold(CodingKeys.tagThreshold, tagThreshold)
    try container.read(CodingKeys.usesDetectionValue, into: &usesDetectionValue)
    try container.read(CodingKeys.ignoresTooMany, into: &ignoresTooMany)
    try container.read(CodingKeys.adjusts, into: &adjusts)
    try container.read(CodingKeys.refines, into: &refines)
    try container.read(CodingKeys.refinesLogarithms, into: &refinesLogarithms)
    try container.read(CodingKeys.baseLength, into: &baseLength)
    try container.checkBase(CodingKeys.baseLength, baseLength)
  }
}
