internal import Files
internal import Pose

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
  private var times: FrameTimes

  init(_ target: OutputTarget, header: RecordingHeader, _ options: WritingOptions) throws(FileError) {
    (self.target, self.header, self.options) = (target, header, options)
    times = FrameTimes(options.frameRate)
    rows = try OutputFile(spoolFor: target)
  }

  func append(_ frame: RecordedFrame) throws(FileError) {
    let scale = try MetricScale(options.metresPerPixel, frame.size ?? header.size ?? options.size)
    let keypoints = try person.keypoints(of: frame)
    var fields = ["\(frame.index + 1)", try times.seconds(of: frame)]
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
    let rate = times.rate
    let name = target.name.split(separator: "/").last ?? "poses.trc"
    try file.write("PathFileType\t4\t(X/Y/Z)\t\(name)\n")
    try file.write(
      "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames\n")
    try file.write("\(rate)\t\(rate)\t\(times.count)\t\(markers.count)\tm\t\(rate)\t1\t\(times.count)\n")
    try file.write("Frame#\tTime\t" + markers.joined(separator: "\t\t\t") + "\t\t\n")
    let axes = markers.indices.map { "X\($0 + 1)\tY\($0 + 1)\tZ\($0 + 1)" }
    try file.write("\t\t" + axes.joined(separator: "\t") + "\n\n")
    try rows.forEachLine { (line) throws(FileError) in try file.write(line + "\n") }
    try file.finish()
  }

  private func number(_ value: Double) -> String { JSONText.number(value, places: 6) }
}
