internal import Files
internal import Pose
internal import Timing

extension RecordingFormat {
  package static let jsonLines = RecordingFormat(
    name: "jsonl", summary: "JSON Lines: an object a frame, with its people", suffixes: [".jsonl", ".ndjson"],
    lacks: [.appearance, .provenance], recognises: { start in start.text.hasPrefix("{\"frame\"") },
    reader: .text { (file, name, options) throws(FileError) in
      try RecordingReader(jsonLines: file, named: name, options)
    },
    boxes: { (file) throws(FileError) in try BoxList.jsonLines(file) },
    writer: { (target, header, _) throws(FileError) in
      let keypointSet = JSONText.string(header.skeleton.name)
      return try LinesWriter(target) { frame in [jsonLine(frame, keypointSet: keypointSet, names: header.names)] }
    })

  /// The line of a frame.
  ///
  /// - Parameters:
  ///   - keypointSet: Its name as JSON.
  ///   - names: What people call some of the identities.
  package static func jsonLine(
    _ frame: RecordedFrame, keypointSet: String, names: [Int: String] = [:]
  ) -> String {
    JSONText.object([
      "frame": "\(frame.index)", "seconds": frame.time.map { JSONText.number($0.seconds, places: 6) },
      "time": frame.time.map(time), "name": frame.name.map(JSONText.string), "width": frame.size.map { "\($0.width)" },
      "height": frame.size.map { "\($0.height)" }, "begins_shot": frame.beginsShot.map { "\($0)" },
      "keypoint_set": keypointSet,
      "people": JSONText.array(frame.people.map { person($0, names) }),
    ])
  }

  private static func time(_ time: MediaTime) -> String {
    JSONText.object([
      "ticks": "\(time.ticks)", "numerator": "\(time.numerator)", "denominator": "\(time.denominator)",
    ])
  }

  private static func person(_ person: RecordedFrame.Person, _ names: [Int: String]) -> String {
    JSONText.object([
      "track_id": person.trackID.map { "\($0)" }, "name": person.trackID.flatMap { names[$0] }.map(JSONText.string),
      "score": JSONText.score(person.pose.score),
      "bbox": JSONText.box(person.pose.box),
      "keypoints": person.pose.keypoints.isEmpty
        ? nil : JSONText.keypoints(person.pose.keypoints, absent: "null,null,null"),
      "margin": person.margin.map(JSONText.score), "filled": person.isFilled ? "true" : nil,
    ])
  }
}
