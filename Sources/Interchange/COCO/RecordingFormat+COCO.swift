internal import Files
internal import Pose

extension RecordingFormat {
  package static let coco = RecordingFormat(
    name: "coco", summary: "COCO results, a list; of COCO-WholeBody, too",
    suffixes: [".coco.json"], lacks: [.times, .framesWithoutPeople, .appearance, .provenance],
    recognises: { start in start.first == "[" || start.first == "{" },
    reader: .text { (file, name, options) throws(FileError) in try RecordingReader(coco: file, named: name, options) },
    boxes: { (file) throws(FileError) in try BoxList.coco(file) },
    writer: { (target, header, _) throws(FileError) in
      var numbers = ImageNumbers(file: target.name)
      return try LinesWriter(target, .init(opening: "[\n", separator: ",\n", closing: "\n]\n")) {
        (frame) throws(FileError) in
        let number = try numbers.number(of: frame)
        return frame.people.map { result($0, frame, imageID: number, header) }
      }
    })

  private static func result(
    _ person: RecordedFrame.Person, _ frame: RecordedFrame, imageID: Int, _ header: RecordingHeader
  ) -> String {
    let lists = COCOKeypoints.lists(person.pose.keypoints, header.skeleton).map { list in
      ",\"\(list.name)\":" + JSONText.keypoints(list.keypoints, absent: "0,0,0")
    }
    let object = JSONText.object([
      "image_id": "\(imageID)", "frame": imageID == frame.index ? nil : "\(frame.index)",
      "file_name": frame.name.map(JSONText.string), "category_id": "1",
      "bbox": JSONText.box(person.pose.box), "score": JSONText.score(person.pose.score),
      "track_id": person.trackID.map { "\($0)" },
      "name": person.trackID.flatMap { header.names[$0] }.map(JSONText.string),
    ])
    return object.dropLast() + lists.joined() + "}"
  }
}

/// What COCO calls pictures: a photo by the number at the end of its name, as its data sets do, a frame of a video by its
/// number from 0.
struct ImageNumbers {
  let file: String
  private var names: [Int: String] = [:]

  init(file: String) { self.file = file }

  mutating func number(of frame: RecordedFrame) throws(FileError) -> Int {
    guard let name = frame.name else { return frame.index }
    let number = FrameLabel(name: name).numberInName ?? frame.index
    if let other = names.updateValue(name, forKey: number), other != name {
      throw FileError(
        .invalid, file: file, problem: "\(other) and \(name) would both be image \(number)",
        remedy: "COCO knows pictures by the number in their names: rename them, or write another format")
    }
    return number
  }
}
