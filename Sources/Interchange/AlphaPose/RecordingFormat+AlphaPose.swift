internal import Files
internal import Pose

extension RecordingFormat {
  /// AlphaPose's results are those of COCO with other names: pictures go by their file names, frames of videos by `0.jpg` and
  /// so on; boxes are `box`, identities `idx`.
  package static let alphaPose = RecordingFormat(
    name: "alphapose", summary: "AlphaPose's results, a list", suffixes: [".alphapose.json"],
    lacks: [.names, .times, .framesWithoutPeople, .appearance, .provenance],
    recognises: { start in
      start.first == "[" && ["\"image_id\":\"", "\"image_id\": \""].contains(where: start.text.contains)
    },
    reader: .text { (file, name, options) throws(FileError) in
      try RecordingReader(coco: file, named: name, options)
    },
    boxes: { (file) throws(FileError) in try BoxList.coco(file) },
    writer: { (target, _, _) throws(FileError) in
      try LinesWriter(target, .init(opening: "[\n", separator: ",\n", closing: "\n]\n")) { frame in
        let image = JSONText.string(frame.name ?? "\(frame.index).jpg")
        return frame.people.map { person in
          JSONText.object([
            "image_id": image, "category_id": "1",
            "keypoints": JSONText.keypoints(person.pose.keypoints, absent: "0,0,0"),
            "score": JSONText.score(person.pose.score), "box": JSONText.box(person.pose.box),
            "idx": person.trackID.map { "\($0)" },
          ])
        }
      }
    })
}
