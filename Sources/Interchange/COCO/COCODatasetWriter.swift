internal import Files
internal import Pose

/// Writes a COCO data set that pycocotools reads, and against which COCO results of the same poses can be evaluated.
///
/// Images have the numbers that COCO results of them have, `images/NAME/000000.jpg` or their own name as `file_name`, and
/// `frame_id`. Annotations are counted from 1, as pycocotools takes 0 for none; `area` is that of the box. A keypoint that is
/// there counts as labelled and visible (2). COCO-WholeBody's five lists are written for its keypoint set.
///
/// Both lists are spooled and joined in `finish()`.
final class COCODatasetWriter: RecordingWriter {
  private let target: OutputTarget
  private let header: RecordingHeader
  private let images: OutputFile
  private let annotations: OutputFile
  private let identifiers: PoseTrackIdentifiers
  private let size: PictureSize?
  private var numbers: ImageNumbers
  private var count = 0

  init(_ target: OutputTarget, header: RecordingHeader, _ options: WritingOptions) throws(FileError) {
    (self.target, self.header, size) = (target, header, header.size ?? options.size)
    identifiers = PoseTrackIdentifiers(video: header.name)
    numbers = ImageNumbers(file: target.name)
    images = try OutputFile(spoolFor: target)
    annotations = try OutputFile(spoolFor: target)
  }

  func append(_ frame: RecordedFrame) throws(FileError) {
    let number = try numbers.number(of: frame)
    let size = frame.size ?? size
    let image = JSONText.object([
      "id": "\(number)", "file_name": JSONText.string(identifiers.fileName(frame)), "frame_id": "\(frame.index)",
      "width": size.map { "\($0.width)" }, "height": size.map { "\($0.height)" },
    ])
    try images.write(image + "\n")
    for person in frame.people {
      count += 1
      try annotations.write(annotation(person, id: count, imageID: number) + "\n")
    }
  }

  func finish() throws(FileError) {
    let file = try OutputFile(for: target)
    let info = JSONText.object([
      "description": JSONText.string(header.name), "contributor": JSONText.string("PoseTrail"),
    ])
    try file.write("{\"info\":\(info),\n\"categories\":[\(category)],\n\"images\":[\n")
    try file.append(linesOf: images, ending: "")
    try file.write("\n],\n\"annotations\":[\n")
    try file.append(linesOf: annotations, ending: "")
    try file.write("\n]}\n")
    try file.finish()
  }

  private func annotation(_ person: RecordedFrame.Person, id: Int, imageID: Int) -> String {
    let box = person.pose.box
    let lists = COCOKeypoints.lists(person.pose.keypoints, header.skeleton)
    let object = JSONText.object([
      "id": "\(id)", "image_id": "\(imageID)", "category_id": "1", "track_id": person.trackID.map { "\($0)" },
      "bbox": JSONText.box(box), "area": JSONText.number(max(box.area, 0), places: 3), "iscrowd": "0",
      "num_keypoints": "\(lists.first?.keypoints.count { $0 != nil } ?? 0)",
    ])
    let keypoints = lists.map { list in
      let text = JSONText.list(list.keypoints) { keypoint, bytes in
        guard let keypoint else { return bytes.append(contentsOf: "0,0,0".utf8) }
        JSONText.append(keypoint.point, to: &bytes)
        bytes.append(UInt8(ascii: "2"))
      }
      return ",\"\(list.name)\":\(text)" + Self.validity(list)
    }
    return object.dropLast() + keypoints.joined() + "}"
  }

  /// Parts of COCO-WholeBody say whether they are labelled: `foot_valid` and so on.
  private static func validity(_ list: (name: String, keypoints: [Keypoint?])) -> String {
    guard list.name != COCOKeypoints.parts[0] else { return "" }
    return ",\"\(list.name.dropLast("kpts".count))valid\":\(list.keypoints.contains { $0 != nil })"
  }

  private var category: String {
    let isWhole = COCOKeypoints.isWholeBody(header.skeleton)
    let skeleton = isWhole ? Skeleton.coco17 : header.skeleton
    return JSONText.object([
      "supercategory": "\"person\"", "id": "1", "name": "\"person\"",
      "keypoints": JSONText.array(skeleton.joints.map { JSONText.string($0.name) }),
      "skeleton": JSONText.array(skeleton.limbs.map { "[\($0.from + 1),\($0.to + 1)]" }),
    ])
  }
}
