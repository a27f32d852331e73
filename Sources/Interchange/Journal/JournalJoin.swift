package import Files
package import Foundation
internal import Pose

/// Makes one journal of those of the parts of a video.
package enum JournalJoin {
  /// Writes the frames of all parts, which come in the order of the video, into a new journal at `destination`.
  ///
  /// Each part but the last ends with the frame with which the next one begins; where that is another one there, or has other
  /// people, the parts don't fit together, and nothing that follows is taken.
  ///
  /// - Returns: The part that does not begin where the one before it ended; nil where all fit.
  /// - Throws: If a part is missing or not whole, or was made otherwise than the first.
  @discardableResult
  package static func join(_ parts: [URL], into destination: URL) throws(FileError) -> URL? {
    var writer: JournalWriter?
    var header: JournalHeader?
    var border: JournalFrame?
    for part in parts {
      guard var reader = try JournalReader(part) else { throw failure(part, "is missing or has no beginning") }
      let first = header ?? reader.header
      let differences = first.provenance.differences(reader.header.provenance)
      guard differences.isEmpty else {
        throw failure(part, "differs from the first part in \(differences.joined(separator: ", "))")
      }
      let output: JournalWriter
      if let writer { output = writer } else { output = try JournalWriter(destination, header: first) }
      var last = try reader.next()
      if header != nil, let next = last, border?.isSame(as: next) != true {
        try output.flush()
        return part
      }
      (header, writer) = (first, output)
      while let frame = last, let next = try reader.next() {
        try output.append(frame)
        last = next
      }
      border = last
      let size = (try? FileManager.default.attributesOfItem(atPath: part.path)[.size] as? UInt64) ?? 0
      guard reader.validLength == size else { throw failure(part, "is damaged") }
    }
    if let border { try writer?.append(border) }
    try writer?.flush()
    return nil
  }

  private static func failure(_ part: URL, _ problem: String) -> FileError {
    FileError(.invalid, part, problem, remedy: "remove it, and let `batch retry` and `batch run` do that part again")
  }
}

extension JournalFrame {
  /// Whether both were found on the same picture, perhaps along with different other ones, by which networks round otherwise.
  fileprivate func isSame(as other: JournalFrame) -> Bool {
    index == other.index && time == other.time && size == other.size && beginsShot == other.beginsShot
      && poses.count == other.poses.count && zip(poses, other.poses).allSatisfy { $0.isNear($1) }
  }
}

extension Pose {
  fileprivate func isNear(_ other: Pose) -> Bool {
    let tolerance = 0.5
    return keypoints.count == other.keypoints.count
      && zip(keypoints, other.keypoints).allSatisfy { first, second in
        guard let first, let second else { return (first == nil) == (second == nil) }
        return abs(first.point.x - second.point.x) <= tolerance && abs(first.point.y - second.point.y) <= tolerance
      }
  }
}
