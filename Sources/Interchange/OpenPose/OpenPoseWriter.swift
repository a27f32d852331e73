internal import Files
internal import Pose

/// A folder as OpenPose's `--write_json` leaves it: `NAME_000000000000_keypoints.json` for every frame, with
/// `pose_keypoints_2d` in its 18 COCO keypoints. The neck is the middle of the shoulders, as OpenPose trains it.
final class OpenPoseWriter: RecordingWriter {
  private static let names = [
    "nose", "neck", "right_shoulder", "right_elbow", "right_wrist", "left_shoulder", "left_elbow", "left_wrist",
    "right_hip", "right_knee", "right_ankle", "left_hip", "left_knee", "left_ankle", "right_eye", "left_eye",
    "right_ear", "left_ear",
  ]

  private static let ending = "_keypoints.json"

  private let output: OutputFolder
  private let name: String
  private let indices: [String: Int]

  init(_ target: OutputTarget, header: RecordingHeader) throws(FileError) {
    guard case .place(let folder, let overwrites) = target else {
      throw FileError(
        .invalid, file: target.name, problem: "takes one file, and OpenPose is a folder of files",
        remedy: "name a folder")
    }
    output = try OutputFolder(for: folder, overwrites: overwrites, replacing: Self.isOwn)
    name = header.name
    indices = Dictionary(
      header.skeleton.joints.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether a file in such a folder may be replaced together with it.
  static func isOwn(_ name: String) -> Bool { name.hasSuffix(ending) }

  func append(_ frame: RecordedFrame) throws(FileError) {
    let digits = String(frame.index)
    let number = String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    let people = JSONText.array(frame.people.map(person))
    try output.write("\(name)_\(number)\(Self.ending)", "{\"version\":1.3,\"people\":\(people)}\n")
  }

  func finish() throws(FileError) { try output.finish() }

  private func person(_ person: RecordedFrame.Person) -> String {
    let keypoints = Self.names.map { name in
      keypoint(name, of: person.pose) ?? (name == "neck" ? neck(of: person.pose) : nil)
    }
    return JSONText.object([
      "person_id": "[\(person.trackID ?? -1)]",
      "pose_keypoints_2d": JSONText.keypoints(keypoints, absent: "0,0,0"),
      "face_keypoints_2d": "[]", "hand_left_keypoints_2d": "[]", "hand_right_keypoints_2d": "[]",
    ])
  }

  private func keypoint(_ name: String, of pose: Pose) -> Keypoint? {
    indices[name].flatMap { pose.keypoints.indices.contains($0) ? pose.keypoints[$0] : nil }
  }

  private func neck(of pose: Pose) -> Keypoint? {
    guard let left = keypoint("left_shoulder", of: pose), let right = keypoint("right_shoulder", of: pose) else {
      return nil
    }
    let middle = Point(x: (left.point.x + right.point.x) / 2, y: (left.point.y + right.point.y) / 2)
    return Keypoint(middle, score: min(left.score, right.score))
  }
}
