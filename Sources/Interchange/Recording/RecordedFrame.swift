package import Pose
package import Timing

/// The people of one frame as a file holds them.
package struct RecordedFrame: Hashable, Sendable {
  package struct Person: Hashable, Sendable {
    /// Without any keypoints where there is only a box.
    package var pose: Pose
    /// nil where nobody has linked the poses yet.
    package var trackID: Int?
    /// As in ``TrackedPose``; nil where the file does not say.
    package var margin: Double?
    /// Whether nobody saw the pose, which lies between those before and after it.
    package var isFilled = false

    package init(_ pose: Pose, trackID: Int? = nil) {
      self.pose = pose
      self.trackID = trackID
    }

    package init(_ person: TrackedPose) {
      self.init(person.pose, trackID: person.trackID)
      (margin, isFilled) = (person.margin, person.isFilled)
    }
  }

  /// Counted from 0 over all frames of the video.
  package var index: Int
  /// nil where the format has no times.
  package var time: MediaTime?
  /// The picture's own file name where the video is a folder of pictures.
  package var name: String?
  /// nil where the format does not say, or says it of the whole video only.
  package var size: PictureSize?
  /// Whether its picture begins a shot; nil where the file does not say.
  package var beginsShot: Bool?
  package var people: [Person]

  package init(
    index: Int, time: MediaTime?, name: String? = nil, size: PictureSize? = nil, beginsShot: Bool? = nil,
    people: [Person]
  ) {
    self.index = index
    self.time = time
    self.name = name
    self.size = size
    self.beginsShot = beginsShot
    self.people = people
  }

  package init(index: Int, time: MediaTime?, name: String? = nil, size: PictureSize? = nil, people: [TrackedPose]) {
    self.init(
      index: index, time: time, name: name, size: size, people: people.map { Person($0) })
  }

  /// Without keypoints that score less: MOTA as poseval computes it has no threshold of its own.
  package func withoutKeypoints(below score: Double) -> RecordedFrame {
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
package struct RecordingHeader: Hashable, Sendable {
  /// The name of the video without its extension, such as `000001_mpiinew_test`.
  package var name: String
  /// What the keypoints of the poses are.
  package var skeleton: Skeleton
  /// nil where the format does not tell.
  package var provenance: Provenance?
  /// What people call some of the identities.
  package var names: [Int: String]

  package init(name: String, skeleton: Skeleton, provenance: Provenance? = nil, names: [Int: String] = [:]) {
    self.names = names
    self.name = name
    self.skeleton = skeleton
    self.provenance = provenance
  }

  /// What data sets call the picture of a frame: `images/NAME/000000.jpg`, or its own name in that folder.
  package func pictureName(_ frame: RecordedFrame) -> String { PoseTrackIdentifiers(video: name).fileName(frame) }

  /// Of the whole video, where its provenance tells.
  var size: PictureSize? { provenance.map { PictureSize(width: $0.width, height: $0.height) } }
}
