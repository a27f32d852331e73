internal import Files
internal import Pose

/// A folder as OpenPose's `--write_json` leaves it: `NAME_000000000000_keypoints.json` for every frame, with face and hands
/// where the keypoint set has them.
final class OpenPoseWriter: RecordingWriter {
  static let ending = "_keypoints.json"

  private let output: OutputFolder
  private let name: String
  private let bodyCount: Int
  private let hasParts: Bool
  private let mapping: KeypointMapping

  init(_ output: OutputFolder, _ layout: OpenPoseLayout, header: RecordingHeader) {
    self.output = output
    name = header.name
    let own = Set(header.skeleton.joints.map(\.name))
    hasParts = own.contains("face-0") || own.contains("left_hand_root")
    let target = hasParts ? layout.whole : layout.body
    bodyCount = layout.body.joints.count
    mapping = KeypointMapping(from: header.skeleton, to: target.joints.map(\.name))
  }

  var notes: [String] { mapping.notes }

  func append(_ frame: RecordedFrame) throws(FileError) {
    let digits = String(frame.index)
    let number = String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    let people = JSONText.array(frame.people.map(person))
    try output.write("\(name)_\(number)\(Self.ending)", "{\"version\":1.3,\"people\":\(people)}\n")
  }

  func finish() throws(FileError) { try output.finish() }

  private func person(_ person: RecordedFrame.Person) -> String {
    let keypoints = mapping(person.pose.keypoints)
    var lists: [String] = []
    var start = bodyCount
    for (_, count) in OpenPoseLayout.parts {
      lists.append(hasParts ? list(keypoints[start..<(start + count)]) : "[]")
      start += count
    }
    return JSONText.object([
      "person_id": "[\(person.trackID ?? -1)]", "pose_keypoints_2d": list(keypoints[..<bodyCount]),
      "face_keypoints_2d": lists[0], "hand_left_keypoints_2d": lists[1], "hand_right_keypoints_2d": lists[2],
      "pose_keypoints_3d": "[]", "face_keypoints_3d": "[]", "hand_left_keypoints_3d": "[]",
      "hand_right_keypoints_3d": "[]",
    ])
  }

  private func list(_ keypoints: ArraySlice<Keypoint?>) -> String {
    JSONText.keypoints(Array(keypoints), absent: "0,0,0")
  }
}
