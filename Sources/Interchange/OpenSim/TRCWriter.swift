internal import Files
internal import Pose
internal import Timing

/// Marker trajectories of one person as OpenSim reads them, in metres. Joints that are absent are nan: of blanks, OpenSim drops
/// those at the end of a line, and refuses it.
///
/// The header tells the number of frames and their rate: rows are spooled until both are known.
final class TRCWriter: RecordingWriter {
  private let target: OutputTarget
  private let header: RecordingHeader
  private let options: WritingOptions
  private let rows: OutputFile
  private var person = SinglePerson()
  private var clock: MotionClock

  init(_ target: OutputTarget, header: RecordingHeader, _ options: WritingOptions) throws(FileError) {
    (self.target, self.header, self.options) = (target, header, options)
    clock = MotionClock(options.frameRate)
    rows = try OutputFile(spoolFor: target)
  }

  func append(_ frame: RecordedFrame) throws(FileError) {
    let scale = try MetricScale(options.metresPerPixel, frame.size ?? header.size ?? options.size)
    let keypoints = try person.keypoints(of: frame)
    var fields = ["\(frame.index + 1)", try clock.seconds(of: frame)]
    for joint in header.skeleton.joints.indices {
      guard keypoints.indices.contains(joint), let point = keypoints[joint].map({ scale.metres($0.point) }) else {
        fields += ["nan", "nan", "nan"]
        continue
      }
      fields += [number(point.x), number(point.y), "0"]
    }
    try rows.write(fields.joined(separator: "\t") + "\n")
  }

  func finish() throws(FileError) {
    let file = try OutputFile(for: target)
    let markers = header.skeleton.joints.map { MarkerNames.marker($0.name) }
    let rate = clock.rate
    let name = target.name.split(separator: "/").last ?? "poses.trc"
    try file.write("PathFileType\t4\t(X/Y/Z)\t\(name)\n")
    try file.write(
      "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames\n")
    try file.write("\(rate)\t\(rate)\t\(clock.count)\t\(markers.count)\tm\t\(rate)\t1\t\(clock.count)\n")
    try file.write("Frame#\tTime\t" + markers.joined(separator: "\t\t\t") + "\t\t\n")
    let axes = markers.indices.map { "X\($0 + 1)\tY\($0 + 1)\tZ\($0 + 1)" }
    try file.write("\t\t" + axes.joined(separator: "\t") + "\n\n")
    try rows.forEachLine { (line) throws(FileError) in try file.write(line + "\n") }
    try file.finish()
  }

  private func number(_ value: Double) -> String { JSONText.number(value, places: 6) }
}

/// The one person of a file that has place for one.
struct SinglePerson {
  private var identity: Int??

  /// Their keypoints; none where they are not in the frame. Throws where there is somebody else.
  mutating func keypoints(of frame: RecordedFrame) throws(FileError) -> [Keypoint?] {
    for person in frame.people {
      if identity == nil { identity = .some(person.trackID) }
      guard frame.people.count == 1, identity == .some(person.trackID) else {
        throw FileError(
          .invalid, problem: "holds one person, and the poses have several",
          remedy: "choose one with --person TRACK")
      }
    }
    return frame.people.first?.pose.keypoints ?? []
  }
}

/// Times of frames: their own, or by a frame rate.
struct MotionClock {
  private let stated: Rational?
  private(set) var count = 0
  private var first: Double?
  private var last = 0.0

  init(_ frameRate: Rational?) { stated = frameRate }

  /// Whether there is a time for a frame.
  func hasTime(_ frame: RecordedFrame) -> Bool { frame.time != nil || stated != nil }

  mutating func seconds(of frame: RecordedFrame) throws(FileError) -> String {
    guard let time = frame.time?.seconds ?? stated.map({ Double(frame.index) / $0.value }) else {
      throw FileError(
        .invalid, problem: "needs times, which the poses do not have", remedy: "give --frame-rate")
    }
    count += 1
    if first == nil { first = time }
    last = time
    return JSONText.number(time, places: 6)
  }

  /// Frames a second: as many as there are between the first and the last.
  var rate: String {
    guard let first, count > 1, last > first else { return JSONText.number(stated?.value ?? 1, places: 6) }
    return JSONText.number(Double(count - 1) / (last - first), places: 3)
  }
}
