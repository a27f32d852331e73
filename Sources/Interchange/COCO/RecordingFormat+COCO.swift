internal import Files
internal import Pose

extension RecordingFormat {
  public static let coco = RecordingFormat(
    name: "coco", summary: "COCO results, a list; data sets and AlphaPose's results are read, too",
    suffixes: [".coco.json"], isFolder: false, lacks: [.times, .framesWithoutPeople, .appearance, .provenance],
    recognises: { start in start.first == "[" || start.first == "{" },
    reader: { (file, name, options) throws(FileError) in try RecordingReader(coco: file, named: name, options) },
    boxes: { (file) throws(FileError) in try BoxList.coco(file) },
    writer: { (target, _) throws(FileError) in
      try LinesWriter(target, .init(opening: "[\n", separator: ",\n", closing: "\n]\n")) { frame in
        frame.people.map { result($0, frame) }
      }
    })

  /// `image_id` is the number of the frame, from 0.
  private static func result(_ person: RecordedFrame.Person, _ frame: RecordedFrame) -> String {
    JSONText.object([
      "image_id": "\(frame.index)", "file_name": frame.name.map(JSONText.string), "category_id": "1",
      "bbox": JSONText.box(person.pose.box), "score": JSONText.score(person.pose.score),
      "track_id": person.trackID.map { "\($0)" },
      "keypoints": person.pose.keypoints.isEmpty
        ? nil
        : JSONText.list(person.pose.keypoints) { keypoint, bytes in
          guard let keypoint else { return bytes.append(contentsOf: "0,0,0".utf8) }
          JSONText.append(keypoint.point, to: &bytes)
          JSONText.append(keypoint.score, places: Pose.scorePlaces, to: &bytes)
        },
    ])
  }
}
