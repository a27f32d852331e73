internal import Files
internal import Pose

/// The table that DeepLabCut writes: a row a frame, and above it the scorer, the individuals where there are several, the body
/// parts and the coordinates of each column.
///
/// Who there is becomes known only at the end: rows are spooled until then.
final class DeepLabCutWriter: RecordingWriter {
  private let target: OutputTarget
  private let joints: [String]
  private let rows: OutputFile
  private var people = IdentityColumns()

  init(_ target: OutputTarget, header: RecordingHeader) throws(FileError) {
    self.target = target
    joints = header.skeleton.joints.map { CSVLine.field($0.name) }
    rows = try OutputFile(spoolFor: target)
  }

  func append(_ frame: RecordedFrame) throws(FileError) {
    let columns = try people.columns(of: frame)
    var groups = Array(repeating: empty, count: people.identities.count)
    for (column, person) in zip(columns, frame.people) { groups[column] = fields(person.pose.keypoints) }
    // How many people the row has, to which those that come later are added.
    try rows.write("\(groups.count) \(CSVLine.row([String(frame.index)] + groups))\n")
  }

  func finish() throws(FileError) {
    let file = try OutputFile(for: target)
    let names = people.identities.isEmpty ? ["person"] : people.identities.map(IdentityColumns.name)
    let columns = names.count * joints.count * 3
    try file.write(CSVLine.row(["scorer"] + Array(repeating: "PoseTrail", count: columns)) + "\n")
    if names.count > 1 {
      let individuals = names.flatMap { Array(repeating: $0, count: joints.count * 3) }
      try file.write(CSVLine.row(["individuals"] + individuals) + "\n")
    }
    let parts = joints.flatMap { Array(repeating: $0, count: 3) }
    try file.write(CSVLine.row(["bodyparts"] + names.flatMap { _ in parts }) + "\n")
    let coordinates = joints.flatMap { _ in ["x", "y", "likelihood"] }
    try file.write(CSVLine.row(["coords"] + names.flatMap { _ in coordinates }) + "\n")
    try rows.forEachLine { (line) throws(FileError) in
      let parts = line.split(separator: " ", maxSplits: 1)
      let missing = names.count - (Int(parts[0]) ?? 0)
      try file.write(CSVLine.row([String(parts[1])] + Array(repeating: empty, count: missing)) + "\n")
    }
    try file.finish()
  }

  private var empty: String { String(repeating: ",", count: joints.count * 3 - 1) }

  private func fields(_ keypoints: [Keypoint?]) -> String {
    CSVLine.row(
      joints.indices.map { joint in
        guard keypoints.indices.contains(joint), let keypoint = keypoints[joint] else { return ",," }
        return "\(CSVLine.coordinate(keypoint.point.x)),\(CSVLine.coordinate(keypoint.point.y)),"
          + JSONText.score(keypoint.score)
      })
  }
}
