private import Files
import Foundation
import Interchange
import Pose
private import Timing

/// A folder of its own for a test, removed afterwards.
func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "posetrail-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

/// People whose numbers need rounding, some of whose joints are missing.
func sampleFrames(_ count: Int, people: Int = 2, skeleton: Skeleton = .coco17) -> [RecordedFrame] {
  (0..<count).map { frame in
    let poses = (0..<people).map { person in
      let keypoints = skeleton.joints.indices.map { joint -> Keypoint? in
        if (joint + frame) % 7 == 3 { return nil }
        let (x, y) = (Double(joint * 31 % 17) * 7.123456, Double(joint * 13 % 19) * 9.87654)
        return Keypoint(
          Point(x: 40 + x + Double(person * 300 + frame), y: 30 + y), score: 1 / (1.5 + Double(joint % 3)))
      }
      let box = Box(x: 1.0 / 3 + Double(person * 300), y: -2.5, width: 200 / 3, height: 400)
      let torso = (0..<Appearance.length).map { Int8(clamping: $0 * 18 - 128 + frame) }
      let pose = Pose(
        keypoints: keypoints, box: box, score: 2 / 3.0,
        appearance: person == 0 ? Appearance(torso: torso, legs: nil) : nil)
      return TrackedPose(pose.rounded(), trackID: person)
    }
    return RecordedFrame(
      index: frame, time: MediaTime(ticks: Int64(frame) * 1001, denominator: 30_000),
      size: PictureSize(width: 640 + frame, height: 360), people: poses)
  }
}

/// A header with everything in it.
let sampleHeader = RecordingHeader(
  name: "000042_mpii_test", skeleton: .coco17,
  provenance: Provenance(
    version: "1.0", video: .init(name: "a \"b\".mp4", sha256: "ab"), model: .init(name: "net.onnx", sha256: "cd"),
    width: 640, height: 360,
    settings: .object(["tracker": .object(["keypoint-score": .number(0.3), "linking": .string("hungarian")])])))

/// Writes the frames to a file of that name in the folder.
@discardableResult
func write(
  _ frames: [RecordedFrame], to folder: URL, named name: String = "000042_mpii_test.json",
  header: RecordingHeader = sampleHeader
) throws -> URL {
  let url = folder.appending(path: name)
  let writer = try PoseTrackWriter(url, header: header)
  for frame in frames { try writer.append(frame) }
  try writer.finish()
  return url
}
