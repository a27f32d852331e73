internal import Files
internal import Pose

extension RecordingReader {
  /// Predictions of MMPose: of its inferencer a list of frames, of its demos an object with
  /// `instance_info`, a list of frames counted from 1.
  ///
  /// The keypoint set is the one named, that of `meta_info`, or the usual one of as many keypoints.
  convenience init(mmpose file: InputText, named name: String, _ options: ReadingOptions) throws(FileError) {
    let (frames, skeleton) = try file.read { () throws(FileError) in
      let layout = try MMPoseLayout(file)
      let frames = try JSONFrames(file, at: layout.offset, list: layout.list, read: layout.frame)
      return (frames, try layout.counts.skeleton(options, named: layout.skeleton))
    }
    self.init(
      file.name, header: RecordingHeader(name: name, skeleton: skeleton), frameCount: frames.count,
      contents: frames.contents
    ) { () throws(FileError) in try frames.frames() }
  }
}

/// Which of MMPose's layouts a file has.
private struct MMPoseLayout {
  let offset: Int
  let list: String
  /// Of `meta_info`.
  let skeleton: Skeleton?
  private let firstFrame: Int
  let counts = KeypointCounts()

  init(_ file: InputText) throws(FileError) {
    var parser = try JSONParser(file)
    if try parser.isAtList() {
      (offset, list, skeleton, firstFrame) = (try parser.offset(), "", nil, 0)
      return
    }
    var (offset, skeleton): (Int?, Skeleton?) = (nil, nil)
    try parser.object { (key, parser) throws(FileError) in
      switch key {
      case "instance_info":
        offset = try parser.offset()
        try parser.skip()
      case "meta_info": skeleton = try FileError.at(key) { () throws(FileError) in try Self.skeleton(parser.value()) }
      default: try parser.skip()
      }
    }
    guard let offset else {
      throw FileError(
        .invalid, problem: "has no \"instance_info\"", remedy: "give the predictions as MMPose writes them")
    }
    (self.offset, list, self.skeleton, firstFrame) = (offset, "instance_info", skeleton, 1)
  }

  /// The names of the keypoints by their numbers.
  private static func skeleton(_ json: JSONValue) throws(FileError) -> Skeleton? {
    guard case .object(let members)? = json["keypoint_id2name"] else { return nil }
    var names: [Int: String] = [:]
    for (key, value) in members { if let index = Int(key) { names[index] = try value.string() } }
    let ordered = (0..<names.count).compactMap { names[$0] }
    return ordered.count == members.count && !ordered.isEmpty ? .of(joints: ordered) : nil
  }

  func frame(_ json: JSONValue, _ number: Int) throws(FileError) -> RecordedFrame? {
    guard json["instances"] != nil || json["frame_id"] != nil else {
      throw FileError(
        .invalid, problem: "is no frame with \"frame_id\" and \"instances\"",
        remedy: "give the predictions for a video, or name the right format with --from")
    }
    let frame = try json.read("frame_id", FrameIndex.read)
    guard frame >= firstFrame else {
      throw FileError(
        .invalid, place: "frame_id", problem: "0, where MMPose's demos count from 1", remedy: "count from 1")
    }
    let people = try json.read("instances") { (people) throws(FileError) in try people.map(person) }
    return RecordedFrame(index: frame - firstFrame, time: nil, people: people)
  }

  private func person(_ json: JSONValue) throws(FileError) -> RecordedFrame.Person {
    let points = try json.readIfPresent("keypoints") { (points) throws(FileError) in
      try points.map { (point) throws(FileError) in try point.doubles(count: 2) }
    }
    let scores = try json.readIfPresent("keypoint_scores", JSONValue.asDoubles)
    if let points, let scores, points.count != scores.count {
      throw FileError(
        .invalid, place: "keypoint_scores", problem: "\(scores.count) scores for \(points.count) keypoints",
        remedy: "give one for every keypoint")
    }
    let keypoints = (points ?? []).enumerated().map { index, point -> Keypoint? in
      let score = scores?[index] ?? 1
      return point[0] == 0 && point[1] == 0 && score == 0
        ? nil : Keypoint(Point(x: point[0], y: point[1]), score: score)
    }
    counts.see(keypoints)
    return RecordedFrame.Person(
      keypoints, box: try json.readIfPresent("bbox", Self.box),
      score: try json.readIfPresent("bbox_score", JSONValue.asDouble),
      trackID: try json.readIfPresent("track_id", JSONValue.asInteger))
  }

  /// Corners, in a list of one or not.
  private static func box(_ json: JSONValue) throws(FileError) -> Box {
    if case .array(let values) = json, values.count == 1, let first = values.first { return try box(first) }
    let corners = try json.doubles(count: 4)
    return Box(x: corners[0], y: corners[1], width: corners[2] - corners[0], height: corners[3] - corners[1])
  }
}
