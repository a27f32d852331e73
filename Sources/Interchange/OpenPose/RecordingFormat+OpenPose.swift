internal import Files

extension RecordingFormat {
  package static let openPose = RecordingFormat(
    name: "openpose", summary: "a folder with a JSON file a frame, in OpenPose's 18 COCO keypoints", suffixes: [],
    isFolder: true, lacks: [.boxes, .names, .times, .appearance, .provenance], recognises: nil, reader: nil, boxes: nil,
    writer: { (target, header) throws(FileError) in try OpenPoseWriter(target, header: header) })
}
