public import Files
public import Foundation
internal import Pose
internal import Timing

extension Recording {
  /// Writes the poses to a file, or to a folder for OpenPose, that appears whole or not at all.
  ///
  /// - Parameter overwrites: Whether what is there already may be replaced.
  public func write(to url: URL, format: RecordingFormat, overwrites: Bool = true) throws(FileError) {
    switch format {
    case .poseTrack:
      let writer = try PoseTrackWriter(url, header: header)
      for frame in frames { try writer.append(frame) }
      try writer.finish()
    case .coco: try writeLines(to: url, opening: "[\n", separator: ",\n", closing: "\n]\n", cocoResults)
    case .mot: try writeLines(to: url, opening: "", separator: "\n", closing: "\n", motRows)
    case .csv: try writeLines(to: url, opening: Self.csvHeader, separator: "\n", closing: "\n", csvRows)
    case .openPose:
      try OpenPoseFolder(name: header.name, skeleton: header.skeleton).write(frames, to: url, overwrites: overwrites)
    }
  }

  private func writeLines(
    to url: URL, opening: String, separator: String, closing: String, _ lines: (RecordedFrame) -> [String]
  ) throws(FileError) {
    let file = try OutputFile(for: url)
    try file.write(opening)
    var isFirst = true
    for frame in frames {
      for line in lines(frame) {
        try file.write((isFirst ? "" : separator) + line)
        isFirst = false
      }
    }
    try file.write(isFirst && opening.isEmpty ? "" : closing)
    try file.finish()
  }

  /// `image_id` is the number of the frame, from 0.
  private func cocoResults(_ frame: RecordedFrame) -> [String] {
    frame.people.map { person in
      JSONText.object([
        "image_id": "\(frame.index)", "category_id": "1", "bbox": JSONText.box(person.pose.box),
        "score": JSONText.score(person.pose.score), "track_id": person.trackID.map { "\($0)" },
        "keypoints": JSONText.list(person.pose.keypoints) { keypoint, bytes in
          guard let keypoint else { return bytes.append(contentsOf: "0,0,0".utf8) }
          JSONText.append(keypoint.point, to: &bytes)
          JSONText.append(keypoint.score, places: Pose.scorePlaces, to: &bytes)
        },
      ])
    }
  }

  private func motRows(_ frame: RecordedFrame) -> [String] {
    frame.people.map {
      MOTRow(frame: frame.index + 1, id: $0.trackID ?? -1, box: $0.pose.box, confidence: $0.pose.score).line
    }
  }

  private static let csvHeader = "frame,seconds,track_id,person,person_score,joint,x,y,score\n"

  /// A text as RFC 4180 has it: in quotes where it would not be one field otherwise.
  private static func csvField(_ text: String) -> String {
    guard text.contains(where: { $0.isNewline || $0 == "," || $0 == "\"" }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  private func csvRows(_ frame: RecordedFrame) -> [String] {
    let seconds = frame.time.map { JSONText.number($0.seconds, places: 6) } ?? ""
    return frame.people.enumerated().flatMap { number, person in
      zip(header.skeleton.joints, person.pose.keypoints).compactMap { joint, keypoint in
        keypoint.map {
          let values = [$0.point.x, $0.point.y].map { JSONText.number($0, places: Pose.coordinatePlaces) }
          let id = person.trackID.map(String.init) ?? ""
          return
            "\(frame.index),\(seconds),\(id),\(number),\(JSONText.score(person.pose.score)),\(Self.csvField(joint.name)),"
            + "\(values[0]),\(values[1]),\(JSONText.score($0.score))"
        }
      }
    }
  }
}
