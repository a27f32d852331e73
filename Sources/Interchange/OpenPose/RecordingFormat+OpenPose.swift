internal import Files

extension RecordingFormat {
  package static let openPose = openPose(
    "openpose", "OpenPose's folder with a JSON file a frame, in its 25 keypoints, with face and hands", .body25)
  package static let openPoseCOCO = openPose(
    "openpose-coco", "the same in OpenPose's 18 keypoints of COCO", .coco)

  private static func openPose(_ name: String, _ summary: String, _ layout: OpenPoseLayout) -> RecordingFormat {
    let folder = Folder(
      isOwn: { $0.hasSuffix(OpenPoseWriter.ending) }, isPart: { $0.hasSuffix(OpenPoseWriter.ending) })
    return RecordingFormat(
      name: name, summary: summary, folder: folder,
      lacks: [.names, .boxes, .times, .personScores, .appearance, .provenance],
      reader: .folder { (folder, name, _) throws(FileError) in try RecordingReader(openPose: folder, named: name) },
      writer: { (target, header, _) throws(FileError) in
        let folder = try Self.makeFolder(target, folder, named: name)
        return OpenPoseWriter(folder, layout, header: header)
      })
  }
}
