internal import Files
internal import Pose

/// The one person of a file that has place for one.
struct SinglePerson {
  private var identity: Int??

  /// Their keypoints; none where they are not in the frame. Throws where there is somebody else.
  mutating func keypoints(of frame: RecordedFrame) throws(FileError) -> [Keypoint?] {
    for person in frame.people {
      if identity == nil { identity = .some(person.trackID) }
      guard frame.people.count == 1, identity == .some(person.trackID) else {
        throw FileError(
          .invalid, problem: "holds one person, and the poses have several",
          remedy: "choose one with --person TRACK")
      }
    }
    return frame.people.first?.pose.keypoints ?? []
  }
}
