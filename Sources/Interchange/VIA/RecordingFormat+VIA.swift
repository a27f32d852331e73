internal import Files
internal import Pose

extension RecordingFormat {
  package static let via = RecordingFormat(
    name: "via", summary: "VIA's table of tracked boxes", suffixes: [".via.csv", ".csv"],
    lacks: [.names, .keypoints, .times, .framesWithoutPeople, .appearance, .provenance],
    recognises: { start in start.firstLine.hasPrefix("filename,file_size,file_attributes,") },
    reader: .text { (file, name, options) throws(FileError) in try RecordingReader(via: file, named: name, options) },
    writer: { (target, header, _) throws(FileError) in
      let identifiers = PoseTrackIdentifiers(video: header.name)
      let opening = CSVLine.row(VIAColumns.names) + "\n"
      return try LinesWriter(target, .init(opening: opening)) { frame in
        let picture = identifiers.fileName(frame).split(separator: "/").last.map(String.init) ?? ""
        return frame.people.enumerated().map { number, person in row(person, number, frame, picture) }
      }
    })

  private static func row(
    _ person: RecordedFrame.Person, _ number: Int, _ frame: RecordedFrame, _ picture: String
  ) -> String {
    let box = person.pose.box
    let shape = JSONText.object([
      "name": "\"rect\"", "x": CSVLine.coordinate(box.x), "y": CSVLine.coordinate(box.y),
      "width": CSVLine.coordinate(box.width), "height": CSVLine.coordinate(box.height),
    ])
    let attributes = JSONText.object([
      "track": person.trackID.map { "\"\($0)\"" }, "confidence": "\"\(JSONText.score(person.pose.score))\"",
    ])
    return CSVLine.row(
      [
        picture, "0", "{\"frame\":\(frame.index)}", String(frame.people.count), String(number), shape, attributes,
      ].map(CSVLine.field))
  }
}

/// The columns of VIA's table.
enum VIAColumns {
  static let names = [
    "filename", "file_size", "file_attributes", "region_count", "region_id", "region_shape_attributes",
    "region_attributes",
  ]
}
