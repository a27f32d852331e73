internal import Files

extension RecordingFormat {
  package static let poseTrack = RecordingFormat(
    name: "posetrack", summary: "PoseTrack 2018 JSON; that of 2017 is read, too",
    suffixes: [".posetrack.json", ".poses.json"], isFolder: false, lacks: [],
    recognises: { start in
      start.first == "{"
        && start.mentions(anyOf: ["annolist", "head_bottom", "vid_id", "frame_id", "bbox_head", "flip"])
    },
    reader: { (file, name, _) throws(FileError) in try RecordingReader(poseTrack: file, named: name) },
    boxes: { (file) throws(FileError) in try BoxList.poseTrack(file) },
    writer: { (target, header) throws(FileError) in try PoseTrackWriter(target, header: header) })
}
