internal import Files
internal import Pose

/// A data set of poses as `movement` has it, in a netCDF file that xarray opens: `position` by time, space, keypoint and
/// individual, and `confidence`; times in seconds where all frames have one, else the numbers of frames. What is absent is NaN.
///
/// Who there is becomes known only at the end: frames are spooled until then.
final class MovementWriter: RecordingWriter {
  private let target: OutputTarget
  private let joints: [String]
  private let name: String
  private let frames: OutputFile
  private var people = IdentityColumns()
  private var times: FrameTimes
  private var count = 0
  private var isTimed = true

  init(_ target: OutputTarget, header: RecordingHeader, _ options: WritingOptions) throws(FileError) {
    (self.target, name) = (target, header.name)
    joints = header.skeleton.joints.map(\.name)
    times = FrameTimes(options.frameRate)
    frames = try OutputFile(spoolFor: target)
  }

  func append(_ frame: RecordedFrame) throws(FileError) {
    let columns = try people.columns(of: frame)
    count += 1
    var time = "\(frame.index)"
    if isTimed, times.hasTime(frame) { time += " " + (try times.seconds(of: frame)) } else { isTimed = false }
    // A line: index and time, and behind tabs each person's column and keypoints.
    let persons = zip(columns, frame.people).map { column, person in
      let keypoints = person.pose.keypoints.enumerated().compactMap { joint, keypoint in
        keypoint.map {
          "\(joint),\(CSVLine.coordinate($0.point.x)),\(CSVLine.coordinate($0.point.y)),\(JSONText.score($0.score))"
        }
      }
      return "\(column) " + keypoints.joined(separator: " ")
    }
    try frames.write(([time] + persons).joined(separator: "\t") + "\n")
  }

  func finish() throws(FileError) {
    let names = people.identities.isEmpty ? ["person"] : people.identities.map(IdentityColumns.name)
    guard let header = header(names).bytes() else {
      throw FileError(
        .invalid, file: target.name, problem: "so many people and keypoints don't fit into netCDF's classic format",
        remedy: "write another format")
    }
    let file = try OutputFile(for: target)
    try file.write(header + coordinates(["x", "y"]) + coordinates(joints) + coordinates(names))
    try frames.forEachLine { (line) throws(FileError) in try file.write(record(line, people: names.count)) }
    try file.finish()
  }

  private func header(_ names: [String]) -> NetCDFHeader {
    let texts = [("space", ["x", "y"]), ("keypoints", joints), ("individuals", names)]
    var attributes: [(String, NetCDFHeader.Value)] = [
      ("ds_type", .text("poses")), ("source_software", .text("PoseTrail")), ("source_file", .text(name)),
      ("time_unit", .text(isTimed ? "seconds" : "frames")),
    ]
    if isTimed, let rate = Double(times.rate) { attributes.append(("fps", .number(rate))) }
    return NetCDFHeader(
      dimensions: [("time", count)] + texts.map { ($0.0, $0.1.count) }
        + texts.map { ("\($0.0)_length", Self.length(of: $0.1)) },
      attributes: attributes,
      variables: texts.map { text in
        .init(
          name: text.0, dimensions: [text.0, "\(text.0)_length"], kind: .char,
          attributes: [("_Encoding", .text("utf-8"))])
      } + [
        .init(name: "time", dimensions: ["time"], kind: .double),
        .init(name: "position", dimensions: ["time", "space", "keypoints", "individuals"], kind: .double),
        .init(name: "confidence", dimensions: ["time", "keypoints", "individuals"], kind: .double),
      ])
  }

  private static func length(of names: [String]) -> Int { max(names.map(\.utf8.count).max() ?? 0, 1) }

  /// Names, each filled up to the longest.
  private func coordinates(_ names: [String]) -> [UInt8] {
    let length = Self.length(of: names)
    var bytes = names.flatMap { Array($0.utf8) + Array(repeating: 0, count: length - $0.utf8.count) }
    bytes.fill()
    return bytes
  }

  /// The values of a frame: its time, position and confidence.
  private func record(_ line: String, people: Int) -> [UInt8] {
    let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
    let places = joints.count * people
    var values = [Double](repeating: .nan, count: 3 * places)
    for part in parts.dropFirst() {
      let fields = part.split(separator: " ")
      guard let column = Int(fields[0]) else { continue }
      for field in fields.dropFirst() {
        let numbers = field.split(separator: ",")
        guard let joint = Int(numbers[0]) else { continue }
        for axis in 0..<3 { values[axis * places + joint * people + column] = Double(numbers[axis + 1]) ?? .nan }
      }
    }
    let stamps = parts[0].split(separator: " ")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * (values.count + 1))
    bytes.append(double: Double(stamps[isTimed ? 1 : 0]) ?? .nan)
    for value in values { bytes.append(double: value) }
    return bytes
  }
}
