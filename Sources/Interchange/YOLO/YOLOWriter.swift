internal import Files
internal import Pose

/// The labels that Ultralytics trains pose networks on: for every frame `labels/NAME/000000.txt`, a line a person with class 0,
/// the box's centre and size and for every keypoint x, y and visibility, all in fractions of the picture; and `data.yaml`.
///
/// The picture belongs to `images/NAME/000000.jpg`, as other formats call it. A keypoint that is there counts as visible (2).
final class YOLOWriter: RecordingWriter {
  private let folder: OutputFolder
  private let header: RecordingHeader
  private let identifiers: PoseTrackIdentifiers
  private let size: PictureSize?
  private var outsideCount = 0

  init(_ folder: OutputFolder, header: RecordingHeader, _ options: WritingOptions) throws(FileError) {
    (self.folder, self.header) = (folder, header)
    identifiers = PoseTrackIdentifiers(video: header.name)
    size = header.size ?? options.size
    try folder.write("data.yaml", description)
  }

  var notes: [String] {
    outsideCount == 0
      ? []
      : ["labels lie within the picture: \(outsideCount) keypoints outside it are left out, and boxes are cut there"]
  }

  func append(_ frame: RecordedFrame) throws(FileError) {
    guard let size = frame.size ?? size, size.width > 0, size.height > 0 else {
      throw FileError(
        .invalid, problem: "labels are in fractions of the picture, whose size the poses do not say",
        remedy: "give it with --size WIDTHxHEIGHT")
    }
    let lines = frame.people.map { line($0.pose, size) + "\n" }
    let picture = identifiers.fileName(frame)
    let stem = picture.lastIndex(of: ".").map { picture[..<$0] } ?? picture[...]
    try folder.write("labels" + stem.dropFirst("images".count) + ".txt", lines.joined())
  }

  func finish() throws(FileError) { try folder.finish() }

  private func line(_ pose: Pose, _ size: PictureSize) -> String {
    let (width, height) = (Double(size.width), Double(size.height))
    // What reaches out of the picture is cut: labels must lie in 0…1.
    let left = max(pose.box.x, 0)
    let top = max(pose.box.y, 0)
    let right = max(min(pose.box.maxX, width), left)
    let bottom = max(min(pose.box.maxY, height), top)
    var fields = ["0"]
    fields += [
      (left + right) / 2 / width, (top + bottom) / 2 / height, (right - left) / width, (bottom - top) / height,
    ]
    .map(number)
    for joint in header.skeleton.joints.indices where !pose.keypoints.isEmpty {
      let point = pose.keypoints[joint]?.point
      if let point, (0...width).contains(point.x), (0...height).contains(point.y) {
        fields += [number(point.x / width), number(point.y / height), "2"]
      } else {
        outsideCount += point == nil ? 0 : 1
        fields += ["0", "0", "0"]
      }
    }
    return fields.joined(separator: " ")
  }

  private func number(_ value: Double) -> String { JSONText.number(value, places: 6) }

  private var description: String {
    let joints = header.skeleton.joints
    return """
      path: .
      train: images
      val: images
      names:
        0: person
      kpt_shape: [\(joints.count), 3]
      flip_idx: [\(joints.map { "\($0.flipIndex)" }.joined(separator: ", "))]
      kpt_names:
        0: [\(joints.map { JSONText.string($0.name) }.joined(separator: ", "))]

      """
  }
}
