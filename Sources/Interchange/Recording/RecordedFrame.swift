public import Pose
public import Timing

/// The people of one frame as a file holds them.
public struct RecordedFrame: Hashable, Sendable {
  public struct Person: Hashable, Sendable {
    /// Without any keypoints where there is only a box.
    public var pose: Pose
    /// nil where nobody has linked the poses yet.
    public var trackID: Int?

    public init(_ pose: Pose, trackID: Int? = nil) {
      self.pose = pose
      self.trackID = trackID
    }
  }

  /// Counted from 0 over all frames of the video.
  public var index: Int
  /// nil where the format has no times.
  public var time: MediaTime?
  /// The picture's own file name where the video is a folder of pictures.
  public var name: String?
  /// nil where the format does not say, or says it of the whole video only.
  public var size: PictureSize?
  public var people: [Person]

  public init(index: Int, time: MediaTime?, name: String? = nil, size: PictureSize? = nil, people: [Person]) {
    self.index = index
    self.time = time
    self.name = name
    self.size = size
    self.people = people
  }

  public init(index: Int, time: MediaTime?, name: String? = nil, size: PictureSize? = nil, people: [TrackedPose]) {
    self.init(
      index: index, time: time, name: name, size: size, people: people.map { Person($0.pose, trackID: $0.trackID) })
  }

  /// Without keypoints that score less: MOTA as poseval computes it has no threshold of its own.
  public func withoutKeypoints(below score: Double) -> RecordedFrame {
    guard score > 0 else { return self }
    var result = self
    for person in people.indices {
      result.people[person].pose.keypoints = people[person].pose.keypoints.map { keypoint in
        keypoint.flatMap { $0.score < score ? nil : $0 }
      }
    }
    return result
  }
}

/// What is known of all frames of a recording.
public struct RecordingHeader: Hashable, Sendable {
  /// The name of the video without its extension, such as `000001_mpiinew_test`.
  public var name: String
  /// What the keypoints of the poses are.
  public var skeleton: Skeleton
  /// nil where the format does not tell.
  public var provenance: Provenance?

  public init(name: String, skeleton: Skeleton, provenance: Provenance? = nil) {
    self.name = name
    self.skeleton = skeleton
    self.provenance = provenance
  }
}
