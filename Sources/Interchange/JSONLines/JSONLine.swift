internal import Files
internal import Pose
internal import Timing

/// A line of a JSON Lines file: a frame and the keypoint set of its people.
struct JSONLine {
  var frame: RecordedFrame
  /// nil where the line does not say.
  var keypointSet: String?
  /// What people are called, by identity.
  var names: [Int: String] = [:]

  /// nil for a line that is blank.
  init?(_ line: String) throws(FileError) {
    if line.allSatisfy(\.isWhitespace) { return nil }
    let json = try JSONParser.parse(Array(line.utf8))
    frame = RecordedFrame(
      index: try json.read("frame", FrameIndex.read), time: try json.readIfPresent("time", MediaTime.init),
      name: try json.readIfPresent("name", JSONValue.asString),
      size: PictureSize(
        try json.readIfPresent("width", JSONValue.asInteger), try json.readIfPresent("height", JSONValue.asInteger)),
      beginsShot: try json.readIfPresent("begins_shot", JSONValue.asFlag),
      people: try json.read("people") { (people) throws(FileError) in try people.map(Self.person) })
    keypointSet = try json.readIfPresent("keypoint_set", JSONValue.asString)
    for person in try json.required("people").array() {
      guard let id = try person.readIfPresent("track_id", JSONValue.asInteger) else { continue }
      names[id] = try person.readIfPresent("name", JSONValue.asString)
    }
  }

  private static func person(_ json: JSONValue) throws(FileError) -> RecordedFrame.Person {
    let keypoints = try json.readIfPresent("keypoints", JSONValue.asKeypoints) ?? []
    let box = try json.readIfPresent("bbox", JSONValue.asBox) ?? Box(around: keypoints.compactMap { $0?.point })
    var person = RecordedFrame.Person(
      Pose(
        keypoints: keypoints, box: box ?? Box(x: 0, y: 0, width: 0, height: 0),
        score: try json.readIfPresent("score", JSONValue.asDouble) ?? 1),
      trackID: try json.readIfPresent("track_id", JSONValue.asInteger))
    person.margin = try json.readIfPresent("margin", JSONValue.asDouble)
    person.isFilled = try json.readIfPresent("filled", JSONValue.asFlag) ?? false
    return person
  }

  /// Throws where a pose has other keypoints than the skeleton.
  func check(_ skeleton: Skeleton) throws(FileError) {
    for person in frame.people {
      let count = person.pose.keypoints.count
      guard count == 0 || count == skeleton.joints.count else {
        throw FileError(
          .invalid, place: "people.keypoints",
          problem: "\(count) keypoints where \(skeleton.name) has \(skeleton.joints.count)",
          remedy: "name the keypoint set of the file with --keypoint-set")
      }
    }
  }
}
