internal import Files
internal import Pose

extension RecordingReader {
  /// A list with the people of each frame, as an object each or as the text that `to_json()` gives. A list of people is one
  /// picture. Others than people are passed over.
  convenience init(ultralytics file: InputText, named name: String, _ options: ReadingOptions) throws(FileError) {
    let counts = KeypointCounts()
    let (frames, skeleton) = try file.read { () throws(FileError) in
      var parser = try JSONParser(file)
      let offset = try parser.offset()
      let frames = try JSONFrames(file, at: offset, list: "") { (json, number) throws(FileError) in
        try UltralyticsFrame.read(json, number, counts)
      }
      return (frames, try counts.skeleton(options))
    }
    self.init(
      file.name, header: RecordingHeader(name: name, skeleton: skeleton), frameCount: frames.count,
      contents: frames.contents
    ) { () throws(FileError) in try frames.frames() }
  }
}

private enum UltralyticsFrame {
  static func read(_ json: JSONValue, _ number: Int, _ counts: KeypointCounts) throws(FileError) -> RecordedFrame? {
    var list = json
    if case .string(let text) = json { list = try JSONParser.parse(Array(text.utf8)) }
    guard case .array(let detections) = list else {
      throw FileError(
        .invalid, problem: "is no list of the people of a frame",
        remedy: "write [result.summary() for result in results], also for one picture")
    }
    var people: [RecordedFrame.Person] = []
    for (index, detection) in detections.enumerated() {
      let found: RecordedFrame.Person? = try FileError.at("[\(index)]") { () throws(FileError) in
        try person(detection)
      }
      guard let found else { continue }
      counts.see(found.pose.keypoints)
      people.append(found)
    }
    return RecordedFrame(index: number, time: nil, people: people)
  }

  private static func person(_ json: JSONValue) throws(FileError) -> RecordedFrame.Person? {
    guard try json.readIfPresent("name", JSONValue.asString) ?? "person" == "person" else { return nil }
    let box = try json.readIfPresent("box") { (box) throws(FileError) in
      let (x, y) = (try box.double("x1"), try box.double("y1"))
      return Box(x: x, y: y, width: try box.double("x2") - x, height: try box.double("y2") - y)
    }
    let keypoints = try json.readIfPresent("keypoints") { (lists) throws(FileError) -> [Keypoint?] in
      let x = try lists.read("x", JSONValue.asDoubles)
      let y = try lists.read("y") { (values) throws(FileError) in try values.doubles(count: x.count) }
      let visible = try lists.readIfPresent("visible") { (values) throws(FileError) in
        try values.doubles(count: x.count)
      }
      return x.indices.map { index in
        let score = visible?[index] ?? 1
        // What Ultralytics did not find lies at 0, 0.
        return x[index] == 0 && y[index] == 0 ? nil : Keypoint(Point(x: x[index], y: y[index]), score: score)
      }
    }
    return RecordedFrame.Person(
      keypoints ?? [], box: box, score: try json.readIfPresent("confidence", JSONValue.asDouble),
      trackID: try json.readIfPresent("track_id", JSONValue.asInteger))
  }
}
