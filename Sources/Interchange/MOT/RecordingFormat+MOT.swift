internal import Files
internal import Pose

extension RecordingFormat {
  package static let mot = RecordingFormat(
    name: "mot", summary: "MOTChallenge text: boxes with identities", suffixes: [".txt"],
    lacks: [.keypoints, .names, .times, .framesWithoutPeople, .appearance, .provenance],
    recognises: { start in
      guard let line = start.text.split(whereSeparator: \.isNewline).first else { return false }
      do throws(FileError) {
        let row = try MOTRow(String(line))
        // A header with the names of the fields.
        return row != nil || line.lowercased().hasPrefix("frame")
      } catch {
        return false
      }
    },
    reader: .text { (file, name, options) throws(FileError) in try RecordingReader(mot: file, named: name, options) },
    boxes: { (file) throws(FileError) in try BoxList.mot(file) },
    writer: { (target, _, _) throws(FileError) in
      try LinesWriter(target) { frame in
        frame.people.map {
          MOTRow(frame: frame.index + 1, id: $0.trackID ?? -1, box: $0.pose.box, confidence: $0.pose.score).line
        }
      }
    })
}
