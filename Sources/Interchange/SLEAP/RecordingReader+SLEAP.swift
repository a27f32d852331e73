internal import Files
internal import Pose

/// A row of SLEAP's analysis table.
private struct SLEAPRow {
  var frame: Int
  var track: String
  var score: Double?
  var keypoints: [Keypoint?]
}

private struct SLEAPColumns {
  let header: TableHeader
  let frame: Int
  let joints: [(name: String, x: Int, y: Int, score: Int?)]

  init(_ line: String) throws(FileError) {
    let header = try TableHeader(try CSVLine.fields(line))
    self.header = header
    frame = try header.required("frame_idx")
    joints = header.columns.filter { $0.hasSuffix(".x") }.compactMap { column in
      let name = String(column.dropLast(2))
      guard let x = header.index(column), let y = header.index("\(name).y") else { return nil }
      return (name, x, y, header.index("\(name).score"))
    }
  }

  func row(_ line: String) throws(FileError) -> SLEAPRow? {
    guard let row = try header.fields(line) else { return nil }
    let keypoints = try joints.map { (joint) throws(FileError) -> Keypoint? in
      guard let x = try row.number(joint.x), let y = try row.number(joint.y) else { return nil }
      return Keypoint(Point(x: x, y: y), score: try row.number(joint.score) ?? 1)
    }
    return SLEAPRow(
      frame: try row.frame(frame), track: String(row.text(header.index("track")).trimmingBlanks),
      score: try row.number(header.index("instance.score")), keypoints: keypoints)
  }
}

extension RecordingReader {
  /// SLEAP's analysis table. Tracks are identities by the number in `track_7`, where all are called so, else in the order in
  /// which they appear. The box of a person is that around the keypoints.
  convenience init(sleap file: InputText, named name: String, _ options: ReadingOptions) throws(FileError) {
    let lines = try file.firstLines(1)
    var (contents, tracks, seen): (Contents, [String], Set<String>) = (Contents(), [], [])
    let (skeleton, facts) = try file.read { () throws(FileError) in
      let columns = try SLEAPColumns(lines.first ?? "")
      let facts = try TableFacts(file, headers: lines, read: columns.row, frame: \.frame) { (row) throws(FileError) in
        contents.hasPeople = true
        contents.hasKeypoints = true
        if !row.track.isEmpty, seen.insert(row.track).inserted { tracks.append(row.track) }
      }
      return (try options.skeleton(joints: columns.joints.map(\.name)), facts)
    }
    contents.hasIdentities = !tracks.isEmpty
    let identities = Dictionary(
      zip(tracks, IdentityColumns.identities(of: tracks)), uniquingKeysWith: { first, _ in first })
    self.init(
      file.name, header: RecordingHeader(name: name, skeleton: skeleton), frameCount: nil, contents: contents
    ) { () throws(FileError) in
      try facts.frames { frame, rows in
        RecordedFrame(
          index: frame, time: nil,
          people: rows.map { row in
            RecordedFrame.Person(row.keypoints, box: nil, score: row.score, trackID: identities[row.track] ?? nil)
          })
      }
    }
  }
}
