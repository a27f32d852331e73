/// One keypoint as a network saw it.
public struct Keypoint: Hashable, Sendable, Codable {
  public var point: Point
  /// The network's own confidence: mostly in 0…1, but peaks of heatmaps and SimCC vectors go beyond.
  public var score: Double

  public init(_ point: Point, score: Double) {
    self.point = point
    self.score = score
  }
}

/// One person in one frame.
public struct Pose: Hashable, Sendable, Codable {
  /// In the order of the skeleton the network was trained on; nil where nothing was predicted.
  public var keypoints: [Keypoint?]
  /// The box the pose was estimated in.
  public var box: Box
  /// The confidence in the whole person, on the scale of the keypoints.
  public var score: Double
  /// nil where nobody looked, or no part is seen well enough.
  public var appearance: Appearance?

  public init(keypoints: [Keypoint?], box: Box, score: Double, appearance: Appearance? = nil) {
    self.keypoints = keypoints
    self.box = box
    self.score = score
    self.appearance = appearance
  }
}

/// A pose with the identity that the tracker gave it.
public struct TrackedPose: Hashable, Sendable, Codable {
  public var pose: Pose
  /// From 0, never reused within a video.
  public var trackID: Int
  /// How much better the link to the track is than the next best one, 0…1; nil where that is not known.
  public var margin: Double?
  /// Whether nobody saw the pose: it lies between those before and after it.
  public var isFilled: Bool

  public init(_ pose: Pose, trackID: Int, margin: Double? = nil, isFilled: Bool = false) {
    self.pose = pose
    self.trackID = trackID
    self.margin = margin
    self.isFilled = isFilled
  }
}
