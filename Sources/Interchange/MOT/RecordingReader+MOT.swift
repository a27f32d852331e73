internal import Files
internal import Pose

extension RecordingReader {
  /// The boxes of a MOT file, without keypoints.
  convenience init(mot file: InputText, named name: String, _ options: ReadingOptions) throws(FileError) {
    let source = try MOTFile(file)
    try file.read { () throws(FileError) in try source.boxes.requirePixels() }
    let header = RecordingHeader(name: name, skeleton: options.keypointSet ?? .coco17)
    self.init(file.name, header: header, frameCount: source.frameCount, contents: source.contents) {
      () throws(FileError) in
      var frames = try source.frames()
      return { () throws(FileError) in
        guard let (frame, rows) = try frames.next() else { return nil }
        let people = rows.map { row in
          RecordedFrame.Person(
            Pose(keypoints: [], box: row.box, score: row.confidence), trackID: row.id >= 0 ? row.id : nil)
        }
        return RecordedFrame(index: frame - 1, time: nil, people: people)
      }
    }
  }
}
