internal import Files
internal import Pose

extension RecordingReader {
  /// A folder of YOLO labels, or of what Ultralytics writes with `save_txt`; frames by the numbers at the end of the names.
  ///
  /// The fractions become pixels by the size of the pictures, which must be told.
  convenience init(yolo folder: InputFolder, named name: String, _ options: ReadingOptions) throws(FileError) {
    guard let size = options.size else {
      throw FileError(
        .invalid, file: folder.name, problem: "labels are in fractions of the picture, whose size is not known",
        remedy: "give it with --size WIDTHxHEIGHT")
    }
    let skeleton = options.keypointSet ?? .coco17
    var frames: [Int: (path: String, frame: RecordedFrame)] = [:]
    for path in folder.files where path.hasSuffix(".txt") {
      guard let index = YOLOLabels.number(of: path) else { continue }
      let people = try Self.people(folder, path, joints: skeleton.joints.count, size)
      let frame = RecordedFrame(index: index, time: nil, size: size, people: people)
      if let other = frames.updateValue((path, frame), forKey: index) {
        throw FileError(
          .invalid, file: folder.name, problem: "\(other.path) and \(path) would both be frame \(index)",
          remedy: "name the folder of one video")
      }
    }
    let header = RecordingHeader(name: name, skeleton: skeleton)
    try self.init(folder.name, header: header, frames.values.map(\.frame))
  }

  private static func people(
    _ folder: InputFolder, _ path: String, joints: Int, _ size: PictureSize
  ) throws(FileError) -> [RecordedFrame.Person] {
    let text = String(decoding: try folder.bytes(path), as: UTF8.self)
    var people: [RecordedFrame.Person] = []
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      do throws(FileError) {
        guard let labels = try YOLOLabels(line), labels.isPerson else { continue }
        people.append(try labels.person(joints: joints, size))
      } catch {
        throw error.under("line \(number + 1)").in(folder.name(of: path))
      }
    }
    return people
  }
}
