internal import Files
internal import Foundation
internal import Pose

/// A folder as OpenPose's `--write_json` leaves it: `NAME_000000000000_keypoints.json` for every frame, with
/// `pose_keypoints_2d` in its 18 COCO keypoints. The neck is the middle of the shoulders, as OpenPose trains it.
struct OpenPoseFolder {
  private static let names = [
    "nose", "neck", "right_shoulder", "right_elbow", "right_wrist", "left_shoulder", "left_elbow", "left_wrist",
    "right_hip", "right_knee", "right_ankle", "left_hip", "left_knee", "left_ankle", "right_eye", "left_eye",
    "right_ear", "left_ear",
  ]

  private static let ending = "_keypoints.json"

  private let name: String
  private let indices: [String: Int]

  init(name: String, skeleton: Skeleton) {
    self.name = name
    indices = Dictionary(
      skeleton.joints.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Keeps the place of such a folder for one run.
  static func claim(_ folder: URL, overwrites: Bool) throws(FileError) -> OutputClaim {
    try OutputClaim(folder: folder, overwrites: overwrites) { $0.hasSuffix(ending) }
  }

  /// Makes the folder, for one that is there where that may be replaced.
  func write(_ frames: [RecordedFrame], to folder: URL, overwrites: Bool) throws(FileError) {
    let output = try OutputFolder(for: folder, overwrites: overwrites) { $0.hasSuffix(Self.ending) }
    for frame in frames {
      let digits = String(frame.index)
      let number = String(repeating: "0", count: max(0, 12 - digits.count)) + digits
      let people = JSONText.array(frame.people.map(person))
      try output.write("\(name)_\(number)\(Self.ending)", "{\"version\":1.3,\"people\":\(people)}\n")
    }
    try output.finish()
  }

  private func person(_ person: RecordedFrame.Person) -> String {
    let keypoints = Self.names.map { name in
      keypoint(name, of: person.pose) ?? (name == "neck" ? neck(of: person.pose) : nil)
    }
    return JSONText.object([
      "person_id": "[\(person.trackID ?? -1)]",
      "pose_keypoints_2d": JSONText.list(keypoints) { keypoint, bytes in
        guard let keypoint else { return bytes.append(contentsOf: "0,0,0".utf8) }
        JSONText.append(keypoint.point, to: &bytes)
        JSONText.append(keypoint.score, places: Pose.scorePlaces, to: &bytes)
      },
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
