internal import Files
internal import Pose
internal import Timing

extension RecordingFormat {
  package static let jsonLines = RecordingFormat(
    name: "jsonl", summary: "JSON Lines: an object a frame, with its people", suffixes: [".jsonl", ".ndjson"],
    isFolder: false, lacks: [.appearance, .provenance], recognises: { start in start.text.hasPrefix("{\"frame\"") },
    reader: { (file, name, options) throws(FileError) in try RecordingReader(jsonLines: file, named: name, options) },
    boxes: { (file) throws(FileError) in try BoxList.jsonLines(file) },
    writer: { (target, header) throws(FileError) in
      let keypointSet = JSONText.string(header.skeleton.name)
      return try LinesWriter(target) { frame in [line(frame, keypointSet)] }
    })

  private static func line(_ frame: RecordedFrame, _ keypointSet: String) -> String {
    JSONText.object([
      "frame": "\(frame.index)", "seconds": frame.time.map { JSONText.number($0.seconds, places: 6) },
      "time": frame.time.map(time), "name": frame.name.map(JSONText.string), "width": frame.size.map { "\($0.width)" },
      "height": frame.size.map { "\($0.height)" }, "keypoint_set": keypointSet,
      "people": JSONText.array(frame.people.map(person)),
    ])
  }

  private static func time(_ time: MediaTime) -> String {
    JSONText.object([
      "ticks": "\(time.ticks)", "numerator": "\(time.numerator)", "denominator": "\(time.denominator)",
    ])
  }

  private static func person(_ person: RecordedFrame.Person) -> String {
    JSONText.object([
      "track_id": person.trackID.map { "\($0)" }, "score": JSONText.score(person.pose.score),
      "bbox": JSONText.box(person.pose.box),
      "keypoints": person.pose.keypoints.isEmpty
        ? nil : JSONText.keypoints(person.pose.keypoints, absent: "null,null,null"),
      "margin": person.margin.map(JSONText.score), "filled": person.isFilled ? "true" : nil,
    ])
  }
}
