internal import Files
internal import Pose

/// Joint angles in the picture, in degrees, as a motion file of OpenSim: those of `PlanarAngle` whose joints the keypoint set
/// has. What can't be measured in a frame is NaN.
final class MotionWriter: RecordingWriter {
  private let target: OutputTarget
  private let rows: OutputFile
  private let mapping: KeypointMapping
  private let angles: [PlanarAngle]
  private var person = SinglePerson()
  private var times: FrameTimes

  init(_ target: OutputTarget, header: RecordingHeader, _ options: WritingOptions) throws(FileError) {
    self.target = target
    times = FrameTimes(options.frameRate)
    mapping = KeypointMapping(from: header.skeleton, to: PlanarAngle.joints)
    let present = mapping(header.skeleton.joints.map { _ in Keypoint(Point(x: 0, y: 0), score: 1) }).map { $0 != nil }
    angles = PlanarAngle.all.filter { angle in angle.indices.allSatisfy { present[$0] } }
    guard !angles.isEmpty else {
      throw FileError(
        .invalid, file: target.name, problem: "\(header.skeleton.name) has the joints of no angle",
        remedy: "use a keypoint set with shoulders, hips, knees and ankles")
    }
    rows = try OutputFile(spoolFor: target)
  }

  var notes: [String] {
    ["angles are those of the picture, flexion as of someone who faces right; turn the signs of who faces left"]
  }

  func append(_ frame: RecordedFrame) throws(FileError) {
    let keypoints = mapping(try person.keypoints(of: frame))
    var fields = [try times.seconds(of: frame)]
    for angle in angles { fields.append(angle.degrees(keypoints).map { JSONText.number($0, places: 4) } ?? "NaN") }
    try rows.write(fields.joined(separator: "\t") + "\n")
  }

  func finish() throws(FileError) {
    let file = try OutputFile(for: target)
    try file.write(
      "Coordinates\nversion=1\nnRows=\(times.count)\nnColumns=\(angles.count + 1)\ninDegrees=yes\nendheader\n")
    try file.write((["time"] + angles.map(\.name)).joined(separator: "\t") + "\n")
    try rows.forEachLine { (line) throws(FileError) in try file.write(line + "\n") }
    try file.finish()
  }
}
