/// What is drawn of the people in a picture.
public struct OverlayOptions: Hashable, Sendable, Codable {
  public enum Coloring: String, Hashable, Sendable, Codable, CaseIterable {
    /// Sides of the body: left green, right orange, head and trunk blue.
    case limb
    /// One colour a person.
    case track
  }

  /// Keypoints whose score is not above it are left out, and limbs that end in one.
  public var scoreThreshold = 0.3
  public var colorBy = Coloring.limb
  /// Joints and limbs.
  public var skeletons = true
  public var boxes = true
  /// Plates with the track's number.
  public var ids = true
  /// How many of the last frames the trail of a track covers; 0 draws none.
  public var trails = 0
  public var blurFaces = false

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case skeletons, boxes, ids, trails
    case scoreThreshold = "keypoint-threshold"
    case colorBy = "color-by"
    case blurFaces = "blur-faces"
  }
}
