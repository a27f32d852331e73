internal import Files
internal import Pose
internal import Timing

extension RecordingFormat {
  package static let csv = RecordingFormat(
    name: "csv", summary: "a table with one line a keypoint", suffixes: [".csv"], isFolder: false,
    lacks: [.boxes, .framesWithoutPeople, .appearance, .provenance], recognises: nil, reader: nil, boxes: nil,
    writer: { (target, header) throws(FileError) in
      let joints = header.skeleton.joints.map { field($0.name) }
      // A column more where there are names, so that other tables stay as they are.
      let names = header.names.isEmpty ? nil : header.names.mapValues(field)
      let opening = "frame,seconds,track_id,person,person_score,joint,x,y,score\(names == nil ? "" : ",name")\n"
      return try LinesWriter(target, .init(opening: opening)) { frame in rows(frame, joints: joints, names) }
    })

  private static func rows(_ frame: RecordedFrame, joints: [String], _ names: [Int: String]?) -> [String] {
    let seconds = frame.time.map { JSONText.number($0.seconds, places: 6) } ?? ""
    return frame.people.enumerated().flatMap { number, person in
      let name = names.map { names in "," + (person.trackID.flatMap { names[$0] } ?? "") } ?? ""
      return zip(joints, person.pose.keypoints).compactMap { joint, keypoint in
        keypoint.map {
          let values = [$0.point.x, $0.point.y].map { JSONText.number($0, places: Pose.coordinatePlaces) }
          let id = person.trackID.map(String.init) ?? ""
          return "\(frame.index),\(seconds),\(id),\(number),\(JSONText.score(person.pose.score)),\(joint),"
            + "\(values[0]),\(values[1]),\(JSONText.score($0.score))\(name)"
        }
      }
    }
  }

  /// A field in quotation marks where it needs them (RFC 4180).
  private static func field(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
