internal import Files
internal import Pose
internal import Timing

extension RecordingFormat {
  package static let csv = RecordingFormat(
    name: "csv", summary: "a table with one row a keypoint (tidy)", suffixes: [".csv"],
    lacks: [.boxes, .framesWithoutPeople, .appearance, .provenance],
    recognises: { start in
      let columns = Set((try? CSVLine.fields(start.firstLine)) ?? [])
      return columns.isSuperset(of: ["frame", "joint", "x", "y"])
    },
    reader: .text { (file, name, options) throws(FileError) in try RecordingReader(tidy: file, named: name, options) },
    writer: { (target, header, _) throws(FileError) in
      let joints = header.skeleton.joints.map { CSVLine.field($0.name) }
      // A column more where there are names, so that other tables stay as they are.
      let names = header.names.isEmpty ? nil : header.names.mapValues(CSVLine.field)
      let opening = "frame,seconds,track_id,person,person_score,joint,x,y,score\(names == nil ? "" : ",name")\n"
      return try LinesWriter(target, .init(opening: opening)) { frame in rows(frame, joints: joints, names) }
    })

  private static func rows(_ frame: RecordedFrame, joints: [String], _ names: [Int: String]?) -> [String] {
    let seconds = frame.time.map { JSONText.number($0.seconds, places: 6) } ?? ""
    return frame.people.enumerated().flatMap { number, person in
      let name = names.map { names in "," + (person.trackID.flatMap { names[$0] } ?? "") } ?? ""
      return zip(joints, person.pose.keypoints).compactMap { joint, keypoint in
        keypoint.map {
          let id = person.trackID.map(String.init) ?? ""
          return "\(frame.index),\(seconds),\(id),\(number),\(JSONText.score(person.pose.score)),\(joint),"
            + "\(CSVLine.coordinate($0.point.x)),\(CSVLine.coordinate($0.point.y)),\(JSONText.score($0.score))\(name)"
        }
      }
    }
  }
}
