internal import Files
internal import Pose

/// Frames as MMPose's inferencer writes them: `frame_id` and `instances`, whose boxes are corners in a list of one. Identities
/// are beside it as `track_id`, which MMPose does not read.
enum MMPoseText {
  static func frame(_ frame: RecordedFrame) -> String {
    JSONText.object(["frame_id": "\(frame.index)", "instances": JSONText.array(frame.people.map(instance))])
  }

  private static func instance(_ person: RecordedFrame.Person) -> String {
    let (box, keypoints) = (person.pose.box, person.pose.keypoints)
    let corners = JSONText.list([box.x, box.y, box.maxX, box.maxY]) {
      JSONText.append($0, places: Pose.coordinatePlaces, to: &$1)
    }
    return JSONText.object([
      "keypoints": JSONText.list(keypoints) { keypoint, bytes in
        bytes.append(UInt8(ascii: "["))
        JSONText.append(keypoint?.point.x ?? 0, places: Pose.coordinatePlaces, to: &bytes)
        bytes.append(UInt8(ascii: ","))
        JSONText.append(keypoint?.point.y ?? 0, places: Pose.coordinatePlaces, to: &bytes)
        bytes.append(UInt8(ascii: "]"))
      },
      "keypoint_scores": JSONText.list(keypoints) {
        JSONText.append($0?.score ?? 0, places: Pose.scorePlaces, to: &$1)
      },
      "bbox": "[\(corners)]", "bbox_score": JSONText.score(person.pose.score),
      "track_id": person.trackID.map { "\($0)" },
    ])
  }
}
