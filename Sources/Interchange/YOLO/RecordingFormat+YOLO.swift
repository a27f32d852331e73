internal import Files

extension RecordingFormat {
  package static let yolo = RecordingFormat(
    name: "yolo", summary: "YOLO-pose labels: a folder with data.yaml and a text file a frame",
    namesPictures: true, folder: yoloFolder,
    lacks: [.names, .identities, .times, .personScores, .keypointScores, .appearance, .provenance],
    reader: .folder { (folder, name, options) throws(FileError) in
      try RecordingReader(yolo: folder, named: name, options)
    },
    writer: { (target, header, options) throws(FileError) in
      try YOLOWriter(makeFolder(target, yoloFolder, named: "yolo"), header: header, options)
    })

  private static let yoloFolder = Folder(
    isOwn: {
      $0 == "data.yaml" || $0.hasPrefix("labels/") && $0.hasSuffix(".txt")
        || $0.hasPrefix("images/") && $0.hasSuffix(".jpg")
    },
    isPart: { $0.hasSuffix(".txt") && YOLOLabels.number(of: $0) != nil })
}
