public import Files
public import Foundation

/// The formats of pose files that can be read or written.
public enum RecordingFormat: String, CaseIterable, Sendable {
  /// PoseTrack 2018 JSON; PoseTrack 2017 is recognised when it is read.
  case poseTrack = "posetrack"
  /// A COCO results list, or read also a COCO annotation file.
  case coco
  /// MOTChallenge text: boxes and identities only.
  case mot
  /// One line a keypoint; written only.
  case csv
  /// A folder with one JSON file a frame, in OpenPose's 18 COCO keypoints; written only.
  case openPose = "openpose"

  /// The format of a file by its name and, where it exists and that does not tell, by how it begins.
  public static func detect(_ url: URL) throws(FileError) -> RecordingFormat {
    let name = url.lastPathComponent.lowercased()
    if name.hasSuffix(".csv") { return .csv }
    if name.hasSuffix(".txt") { return .mot }
    if name.hasSuffix(".posetrack.json") { return .poseTrack }
    if name.hasSuffix(".coco.json") { return .coco }
    if name.hasSuffix(".json") { return try content(of: url) }
    if url.hasDirectoryPath || url.pathExtension.isEmpty { return .openPose }
    throw FileError(
      .unknownFormat, file: url.path, problem: "the name tells no format",
      remedy: "name one with --from or --to: \(allCases.map(\.rawValue).joined(separator: ", "))")
  }

  /// Keeps the place of an output of this format for one run.
  public func claim(_ destination: URL, overwrites: Bool) throws(FileError) -> OutputClaim {
    self == .openPose
      ? try OpenPoseFolder.claim(destination, overwrites: overwrites)
      : try OutputClaim([destination], overwrites: overwrites)
  }

  /// A list is COCO results; an object is PoseTrack unless its annotations lack what only PoseTrack has.
  private static func content(of url: URL) throws(FileError) -> RecordingFormat {
    guard FileManager.default.fileExists(atPath: url.path) else { return .poseTrack }
    let bytes = try InputFile.bytes(of: url)
    if bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "[") { return .coco }
    let start = String(decoding: bytes.prefix(1 << 16), as: UTF8.self)
    let marks = ["annolist", "head_bottom", "vid_id", "frame_id", "bbox_head"]
    return marks.contains { start.contains("\"\($0)\"") } ? .poseTrack : .coco
  }
}
