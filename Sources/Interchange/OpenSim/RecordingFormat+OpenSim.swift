internal import Files

extension RecordingFormat {
  package static let trc = RecordingFormat(
    name: "trc", summary: "marker trajectories of one person for OpenSim, in metres", suffixes: [".trc"],
    holdsOnePerson: true,
    lacks: [.names, .boxes, .identities, .personScores, .keypointScores, .appearance, .provenance],
    recognises: { start in start.text.hasPrefix("PathFileType") },
    reader: .text { (file, name, options) throws(FileError) in try RecordingReader(trc: file, named: name, options) },
    writer: { (target, header, options) throws(FileError) in
      try TRCWriter(target, header: header, options)
    })

  package static let motion = RecordingFormat(
    name: "opensim-mot", summary: "joint angles of one person in the picture for OpenSim, in degrees",
    suffixes: [".mot"], holdsOnePerson: true,
    lacks: [.names, .boxes, .keypoints, .identities, .personScores, .keypointScores, .appearance, .provenance],
    writer: { (target, header, options) throws(FileError) in
      try MotionWriter(target, header: header, options)
    })
}
