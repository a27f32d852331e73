internal import Files

extension RecordingFormat {
  package static let poseTrack = RecordingFormat(
    name: "posetrack", summary: "PoseTrack 2018 JSON; that of 2017 is read, too",
    suffixes: [".posetrack.json", ".poses.json"], namesPictures: true, lacks: [],
    recognises: { start in
      start.first == "{"
        && start.mentions(anyOf: ["annolist", "head_bottom", "vid_id", "bbox_head", "flip"])
    },
    reader: .text { (file, name, _) throws(FileError) in try RecordingReader(poseTrack: file, named: name) },
    boxes: { (file) throws(FileError) in try BoxList.poseTrack(file) },
    writer: { (target, header, _) throws(FileError) in try PoseTrackWriter(target, header: header) })

  package static let poseTrack21 = RecordingFormat(
    name: "posetrack21", summary: "PoseTrack 2021 JSON: that of 2018 with a person_id", suffixes: [".posetrack21.json"],
    namesPictures: true, lacks: [], reader: poseTrack.reader, boxes: poseTrack.boxes,
    writer: { (target, header, _) throws(FileError) in
      try PoseTrackWriter(target, header: header, edition: .y2021)
    })

  package static let poseval = RecordingFormat(
    name: "poseval", summary: "PoseTrack 2018 JSON that poseval takes: NNNNNN_{mpii,bonn,mpiinew}_….json",
    ownEnding: ".json", lacks: [.names],
    writer: { (target, header, _) throws(FileError) in
      try PosevalWriter(target, header: header)
    })
}
