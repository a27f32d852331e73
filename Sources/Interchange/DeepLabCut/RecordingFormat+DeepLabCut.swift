internal import Files

extension RecordingFormat {
  package static let deepLabCut = RecordingFormat(
    name: "deeplabcut", summary: "DeepLabCut's table: three header rows, four where there are several people",
    suffixes: [".dlc.csv", ".csv"], lacks: [.names, .boxes, .times, .personScores, .appearance, .provenance],
    recognises: { start in start.firstLine.hasPrefix("scorer,") },
    reader: .text { (file, name, options) throws(FileError) in
      try RecordingReader(deepLabCut: file, named: name, options)
    },
    writer: { (target, header, _) throws(FileError) in try DeepLabCutWriter(target, header: header) })
}
