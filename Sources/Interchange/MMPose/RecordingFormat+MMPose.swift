internal import Files

extension RecordingFormat {
  package static let mmpose = RecordingFormat(
    name: "mmpose", summary: "predictions of MMPose's inferencer and its demos", suffixes: [".mmpose.json"],
    lacks: [.names, .times, .appearance, .provenance],
    recognises: { start in
      start.mentions(anyOf: ["instance_info"]) || start.first == "[" && start.mentions(anyOf: ["keypoint_scores"])
        || start.mentions(anyOf: ["frame_id"]) && start.mentions(anyOf: ["instances"])
    },
    reader: .text { (file, name, options) throws(FileError) in
      try RecordingReader(mmpose: file, named: name, options)
    },
    writer: { (target, _, _) throws(FileError) in
      try LinesWriter(target, .init(opening: "[\n", separator: ",\n", closing: "\n]\n")) { frame in
        [MMPoseText.frame(frame)]
      }
    })
}
