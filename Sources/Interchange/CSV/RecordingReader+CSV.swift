internal import Files
internal import Pose
internal import Timing

/// A row of a tidy table: one keypoint.
private struct TidyRow {
  var frame: Int
  var seconds: Double?
  var trackID: Int?
  /// What people call the identity; empty where nothing.
  var name: String
  /// What tells the people of a frame apart.
  var person: String
  var personScore: Double?
  var joint: String
  /// nil where the row has no coordinates.
  var keypoint: Keypoint?
}

/// Where the columns of a tidy table are: `frame`, `joint`, `x` and `y`, and others that may be missing.
private struct TidyColumns {
  let header: TableHeader
  let (frame, joint, x, y): (Int, Int, Int, Int)

  init(_ line: String) throws(FileError) {
    header = try TableHeader(try CSVLine.fields(line))
    (frame, joint) = (try header.required("frame"), try header.required("joint"))
    (x, y) = (try header.required("x"), try header.required("y"))
  }

  func row(_ line: String) throws(FileError) -> TidyRow? {
    guard let row = try header.fields(line) else { return nil }
    var keypoint: Keypoint?
    if let x = try row.number(x), let y = try row.number(y) {
      keypoint = Keypoint(Point(x: x, y: y), score: try row.number(header.index("score")) ?? 1)
    }
    let person = row.text(header.index("person"))
    return TidyRow(
      frame: try row.frame(frame), seconds: try row.number(header.index("seconds")),
      trackID: try row.integer(header.index("track_id")), name: row.text(header.index("name")),
      person: person.isEmpty ? row.text(header.index("track_id")) : person,
      personScore: try row.number(header.index("person_score")), joint: row.text(joint), keypoint: keypoint)
  }
}

extension RecordingReader {
  /// A table with a row a keypoint. The box of a person is that around the keypoints.
  ///
  /// The keypoint set is the one that is named, else the smallest known one with all joints of the file, else one of its own.
  convenience init(tidy file: InputText, named name: String, _ options: ReadingOptions) throws(FileError) {
    let lines = try file.firstLines(1)
    var (contents, joints, seen): (Contents, [String], Set<String>) = (Contents(), [], [])
    var names: [Int: String] = [:]
    let (skeleton, facts) = try file.read { () throws(FileError) in
      let columns = try TidyColumns(lines.first ?? "")
      let facts = try TableFacts(file, headers: lines, read: columns.row, frame: \.frame) { (row) throws(FileError) in
        if seen.insert(row.joint).inserted { joints.append(row.joint) }
        contents.hasPeople = true
        contents.hasKeypoints = true
        contents.hasIdentities = contents.hasIdentities || row.trackID != nil
        if let id = row.trackID, !row.name.isEmpty, names[id] == nil { names[id] = row.name }
      }
      return (options.keypointSet ?? .containing(joints) ?? .of(joints: joints), facts)
    }
    let indices = Dictionary(
      skeleton.joints.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    if let stranger = joints.first(where: { indices[$0] == nil }) {
      throw FileError(
        .invalid, file: file.name, problem: "\(skeleton.name) has no joint \"\(stranger)\"",
        remedy: "name the keypoint set of the file with --keypoint-set")
    }
    self.init(
      file.name, header: RecordingHeader(name: name, skeleton: skeleton, names: names), frameCount: nil,
      contents: contents
    ) { () throws(FileError) in
      try facts.frames { (frame, rows) throws(FileError) in
        RecordedFrame(
          index: frame, time: rows.lazy.compactMap(\.seconds).first.flatMap { MediaTime(seconds: $0) },
          people: try people(rows, indices, frame: frame))
      }
    }
  }
}

private func people(
  _ rows: [TidyRow], _ indices: [String: Int], frame: Int
) throws(FileError) -> [RecordedFrame.Person] {
  var places: [String: Int] = [:]
  var people: [(row: TidyRow, keypoints: [Keypoint?], seen: Set<Int>)] = []
  for row in rows {
    let place = places[row.person] ?? people.count
    if place == people.count {
      places[row.person] = place
      people.append((row, Array(repeating: nil, count: indices.count), []))
    }
    guard let joint = indices[row.joint], people[place].seen.insert(joint).inserted else {
      throw FileError(
        .invalid, problem: "frame \(frame) has the joint \(row.joint) of person \(row.person) twice",
        remedy: "tell people apart by a column person or track_id")
    }
    people[place].keypoints[joint] = row.keypoint
  }
  return people.map {
    RecordedFrame.Person($0.keypoints, box: nil, score: $0.row.personScore, trackID: $0.row.trackID)
  }
}
