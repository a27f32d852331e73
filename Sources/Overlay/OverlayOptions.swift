/// What is drawn of the people in a picture.
package struct OverlayOptions: Hashable, Sendable, Codable {
  package enum Colouring: String, Hashable, Sendable, Codable, CaseIterable {
    /// Sides of the body: left green, right orange, head and trunk blue.
    case limb
    /// One colour a person.
    case track
  }

  /// Keypoints whose score is not above it are left out, and limbs that end in one.
  package var scoreThreshold = 0.3
  package var colourBy = Colouring.limb
  /// Joints and limbs.
  package var skeletons = true
  package var boxes = true
  /// Plates with the track's number.
  package var ids = true
  /// How many of the last frames the trail of a track covers; 0 draws none.
  package var trails = 0
  package var blurFaces = false

  package init() {}

  private enum CodingKeys: String, CodingKey {
    case skeletons, boxes, ids, trails
    case scoreThreshold = "keypoint-threshold"
    case colourBy = "color-by"
    case blurFaces = "blur-faces"
  }
}
