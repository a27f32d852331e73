internal import Files
internal import Pose

extension RecordingFormat {
  package static let ultralytics = RecordingFormat(
    name: "ultralytics", summary: "a list of Ultralytics' Results.summary() or to_json(), one a frame",
    suffixes: [".ultralytics.json"], lacks: [.names, .times, .appearance, .provenance],
    recognises: { start in
      start.first == "[" && start.mentions(anyOf: ["confidence"]) && start.mentions(anyOf: ["box"])
        || start.text.hasPrefix("[\"[") || start.text.hasPrefix("[[")
    },
    reader: .text { (file, name, options) throws(FileError) in
      try RecordingReader(ultralytics: file, named: name, options)
    },
    writer: { (target, _, _) throws(FileError) in
      // Frames are counted by their places in the list: those that are left out get empty ones.
      var next = 0
      return try LinesWriter(target, .init(opening: "[\n", separator: ",\n", closing: "\n]\n")) {
        (frame) throws(FileError) in
        guard frame.index - next < 1_000_000 else {
          throw FileError(
            .invalid, file: target.name, problem: "frame \(frame.index) comes a million frames after the one before",
            remedy: "write a format that numbers its frames, such as mmpose")
        }
        let gap = Array(repeating: "[]", count: max(frame.index - next, 0))
        next = frame.index + 1
        return gap + [JSONText.array(frame.people.map(detection))]
      }
    })

  private static func detection(_ person: RecordedFrame.Person) -> String {
    let (box, keypoints) = (person.pose.box, person.pose.keypoints)
    let list = { (value: (Keypoint) -> Double, places: Int) in
      JSONText.list(keypoints) { JSONText.append($0.map(value) ?? 0, places: places, to: &$1) }
    }
    let number = { JSONText.number($0, places: Pose.coordinatePlaces) }
    return JSONText.object([
      "name": "\"person\"", "class": "0", "confidence": JSONText.score(person.pose.score),
      "box": JSONText.object(["x1": number(box.x), "y1": number(box.y), "x2": number(box.maxX), "y2": number(box.maxY)]
      ),
      "track_id": person.trackID.map { "\($0)" },
      "keypoints": keypoints.isEmpty
        ? nil
        : JSONText.object([
          "x": list({ $0.point.x }, Pose.coordinatePlaces), "y": list({ $0.point.y }, Pose.coordinatePlaces),
          "visible": list({ $0.score }, Pose.scorePlaces),
        ]),
    ])
  }
}
