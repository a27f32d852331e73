internal import Files
internal import Pose

/// A data set of poses as `movement` has it: `position` by time, space, keypoint and individual, and `confidence`; times in
/// seconds where all frames have one, else the numbers of frames. What is absent is NaN.
struct MovementData {
  let name: String
  let joints: [String]
  let spool: DenseSpool

  static let space = ["x", "y"]
  static let dimensions = ["time", "space", "keypoints", "individuals"]

  var isTimed: Bool { spool.isTimed }

  var attributes: [(String, String)] {
    [
      ("ds_type", "poses"), ("source_software", "PoseTrail"), ("source_file", name),
      ("time_unit", isTimed ? "seconds" : "frames"),
    ]
  }

  func time(_ row: DenseSpool.Row) -> Double { isTimed ? row.seconds ?? .nan : Double(row.index) }
}

/// Spools frames, and writes them as a data set once all are known.
final class MovementWriter: RecordingWriter {
  private let target: OutputTarget
  private let data: MovementData
  private let write: (MovementData, OutputTarget) throws(FileError) -> Void

  init(
    _ target: OutputTarget, header: RecordingHeader, _ options: WritingOptions,
    write: @escaping (MovementData) -> (OutputTarget) throws(FileError) -> Void
  ) throws(FileError) {
    self.target = target
    self.write = { (data, target) throws(FileError) in try write(data)(target) }
    data = MovementData(
      name: header.name, joints: header.skeleton.joints.map(\.name),
      spool: try DenseSpool(target, frameRate: options.frameRate))
  }

  func append(_ frame: RecordedFrame) throws(FileError) { try data.spool.append(frame) }

  func finish() throws(FileError) {
    do { try write(data, target) } catch { throw error.in(target.name) }
  }
}
