internal import Files
internal import Pose
internal import Timing

extension RecordingFormat {
  package static let csvWide = RecordingFormat(
    name: "csv-wide", summary: "a table with one row a person and columns JOINT_x, JOINT_y, JOINT_score",
    suffixes: [".wide.csv", ".csv"], lacks: [.names, .framesWithoutPeople, .appearance, .provenance],
    recognises: { start in
      let columns = (try? CSVLine.fields(start.firstLine)) ?? []
      return columns.contains("frame") && columns.contains { $0.hasSuffix("_x") }
        && columns.contains { $0.hasSuffix("_y") }
    },
    reader: .text { (file, name, options) throws(FileError) in try RecordingReader(wide: file, named: name, options) },
    writer: { (target, header, _) throws(FileError) in
      let joints = header.skeleton.joints.flatMap { joint in
        ["x", "y", "score"].map { CSVLine.field("\(joint.name)_\($0)") }
      }
      let opening = CSVLine.row(WideColumns.fixed + joints) + "\n"
      let count = header.skeleton.joints.count
      return try LinesWriter(target, .init(opening: opening)) { frame in
        frame.people.map { row($0, frame, joints: count) }
      }
    })

  private static func row(_ person: RecordedFrame.Person, _ frame: RecordedFrame, joints count: Int) -> String {
    let box = person.pose.box
    var fields = [
      String(frame.index), frame.time.map { JSONText.number($0.seconds, places: 6) } ?? "",
      person.trackID.map(String.init) ?? "", JSONText.score(person.pose.score),
    ]
    fields += [box.x, box.y, box.width, box.height].map(CSVLine.coordinate)
    for joint in 0..<count {
      guard person.pose.keypoints.indices.contains(joint), let keypoint = person.pose.keypoints[joint] else {
        fields += ["", "", ""]
        continue
      }
      fields += [
        CSVLine.coordinate(keypoint.point.x), CSVLine.coordinate(keypoint.point.y), JSONText.score(keypoint.score),
      ]
    }
    return CSVLine.row(fields)
  }
}

/// Where the columns of a wide table are.
struct WideColumns {
  static let fixed = [
    "frame", "seconds", "track_id", "person_score", "bbox_x", "bbox_y", "bbox_width", "bbox_height",
  ]

  let header: TableHeader
  let frame: Int
  let joints: [(name: String, x: Int, y: Int, score: Int?)]

  init(_ line: String) throws(FileError) {
    let header = try TableHeader(try CSVLine.fields(line))
    self.header = header
    frame = try header.required("frame")
    joints = header.columns.filter { $0.hasSuffix("_x") && $0 != "bbox_x" }.compactMap { column in
      let name = String(column.dropLast(2))
      guard let x = header.index(column), let y = header.index("\(name)_y") else { return nil }
      return (name, x, y, header.index("\(name)_score"))
    }
  }

  func row(_ line: String) throws(FileError) -> (frame: Int, seconds: Double?, person: RecordedFrame.Person)? {
    guard let row = try header.fields(line) else { return nil }
    let keypoints = try joints.map { (joint) throws(FileError) -> Keypoint? in
      guard let x = try row.number(joint.x), let y = try row.number(joint.y) else { return nil }
      return Keypoint(Point(x: x, y: y), score: try row.number(joint.score) ?? 1)
    }
    var box: Box?
    if let x = try row.number(header.index("bbox_x")), let y = try row.number(header.index("bbox_y")),
      let width = try row.number(header.index("bbox_width")), let height = try row.number(header.index("bbox_height"))
    {
      box = Box(x: x, y: y, width: width, height: height)
    }
    // A row without any keypoint is a box.
    let person = RecordedFrame.Person(
      keypoints.contains { $0 != nil } ? keypoints : [], box: box, score: try row.number(header.index("person_score")),
      trackID: try row.integer(header.index("track_id")))
    return (try row.frame(frame), try row.number(header.index("seconds")), person)
  }
}

extension RecordingReader {
  /// A table with a row a person. The keypoint set is the known one with these joints in this order, else one of its own.
  convenience init(wide file: InputText, named name: String, _ options: ReadingOptions) throws(FileError) {
    let lines = try file.firstLines(1)
    var (boxes, contents) = (BoxExtent(), Contents())
    let (columns, facts) = try file.read { () throws(FileError) in
      let columns = try WideColumns(lines.first ?? "")
      let facts = try TableFacts(file, headers: lines, read: columns.row, frame: \.frame) { (row) throws(FileError) in
        boxes.see(row.person, &contents)
      }
      try boxes.requirePixels()
      return (columns, facts)
    }
    let skeleton = try options.skeleton(joints: columns.joints.map(\.name))
    self.init(
      file.name, header: RecordingHeader(name: name, skeleton: skeleton), frameCount: nil, contents: contents
    ) { () throws(FileError) in
      try facts.frames { frame, rows in
        RecordedFrame(
          index: frame, time: rows.lazy.compactMap(\.seconds).first.flatMap { MediaTime(seconds: $0) },
          people: rows.map(\.person))
      }
    }
  }
}

extension ReadingOptions {
  /// The keypoint set of a file that names its joints. Throws where another one was named.
  func skeleton(joints names: [String], limbs: [(from: Int, to: Int)] = []) throws(FileError) -> Skeleton {
    guard let keypointSet else { return names.isEmpty ? .coco17 : .of(joints: names, limbs: limbs) }
    guard names.isEmpty || keypointSet.joints.count == names.count else {
      throw FileError(
        .invalid, problem: "\(names.count) keypoints where \(keypointSet.name) has \(keypointSet.joints.count)",
        remedy: "leave out --keypoint-set: the file names its keypoints")
    }
    return keypointSet
  }
}
