internal import Files

extension RecordingFormat {
  package static let cvat = RecordingFormat(
    name: "cvat",
    summary: "CVAT for video 1.1: a track of skeletons a person, or of boxes where there are no keypoints",
    suffixes: [".cvat.xml", ".xml"],
    lacks: [.names, .times, .framesWithoutPeople, .personScores, .keypointScores, .appearance, .provenance],
    recognises: { start in start.text.contains("<annotations>") },
    reader: .text { (file, name, options) throws(FileError) in try RecordingReader(cvat: file, named: name, options) },
    writer: { (target, header, options) throws(FileError) in
      CVATWriter(target, header: header, options)
    })
}
