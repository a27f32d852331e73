internal import Files
internal import Pose

extension RecordingFormat {
  package static let sleap = RecordingFormat(
    name: "sleap", summary: "SLEAP's analysis table: one row a person", suffixes: [".sleap.csv", ".csv"],
    lacks: [.names, .boxes, .times, .framesWithoutPeople, .appearance, .provenance],
    recognises: { start in
      let columns = (try? CSVLine.fields(start.firstLine)) ?? []
      return columns.contains("frame_idx") && columns.contains { $0.hasSuffix(".x") }
    },
    reader: .text { (file, name, options) throws(FileError) in
      try RecordingReader(sleap: file, named: name, options)
    },
    writer: { (target, header, _) throws(FileError) in
      let names = header.skeleton.joints.map(\.name)
      let columns = names.flatMap { name in ["x", "y", "score"].map { CSVLine.field("\(name).\($0)") } }
      let opening = CSVLine.row(["track", "frame_idx", "instance.score"] + columns) + "\n"
      return try LinesWriter(target, .init(opening: opening)) { frame in
        frame.people.map { row($0, frame, joints: names.count) }
      }
    })

  private static func row(_ person: RecordedFrame.Person, _ frame: RecordedFrame, joints count: Int) -> String {
    let fields = (0..<count).map { joint in
      guard person.pose.keypoints.indices.contains(joint), let keypoint = person.pose.keypoints[joint] else {
        return ",,"
      }
      return "\(CSVLine.coordinate(keypoint.point.x)),\(CSVLine.coordinate(keypoint.point.y)),"
        + JSONText.score(keypoint.score)
    }
    let track = person.trackID.map { IdentityColumns.name($0) } ?? ""
    return CSVLine.row([track, String(frame.index), JSONText.score(person.pose.score)] + fields)
  }
}
