public import Pose
public import Timing

/// A PoseTrack 2018 file as it stands: ground truth or predictions.
///
/// PoseTrack 2017 files (`annolist`) are read into the same shape.
public struct PoseTrackFile: Sendable {
  public struct Image: Sendable {
    public var id: Int
    public var fileName: String
    public var isLabeled: Bool
    /// Polygons inside which nothing is evaluated.
    public var ignoreRegions: [[Point]]
    public var width: Int?
    public var height: Int?
    /// Where PoseTrail wrote the file.
    public var index: Int?
    public var time: MediaTime?
    public var name: String?
  }

  public struct Annotation: Sendable {
    public var imageID: Int
    public var trackID: Int?
    /// In the order of `jointNames`: x, y, and the third number, which is a visibility or a score.
    public var joints: [(point: Point, third: Double)]
    /// One for each joint; nil where the file has none.
    public var scores: [Double]?
    public var score: Double?
    public var box: Box?
    public var headBox: Box?
    /// The keypoints as the network gave them, where PoseTrail wrote the file.
    public var pose: [Keypoint?]?
    /// Where PoseTrail wrote the file.
    public var appearance: Appearance?
  }

  public var jointNames: [String]
  public var images: [Image]
  public var annotations: [Annotation]
  public var skeleton: Skeleton?
  public var provenance: Provenance?
}
