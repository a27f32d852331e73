package import Files
package import Foundation
internal import Pose

/// Makes one journal of those of the parts of a video.
package enum JournalJoin {
  /// Writes the frames of all parts, which come in the order of the video, into a journal at `destination`, whole or not at all.
  ///
  /// Each part but the last ends with the frame with which the next one begins; where that is another one there, or has other
  /// people, the parts don't fit together, and nothing that follows is taken. A journal made in the same way that is there
  /// already stays as it is: it was joined before, and what follows misfits may have been found since.
  ///
  /// - Returns: The part that does not begin where the one before it ended; nil where all fit.
  /// - Throws: If a part is missing or not whole, or was made otherwise than the first.
  package static func join(_ parts: [URL], into destination: URL) throws(FileError) -> URL? {
    var output: OutputFile?
    var header: JournalHeader?
    var border: JournalFrame?
    for part in parts {
      guard var reader = try JournalReader(part) else { throw failure(part, "is missing or has no beginning") }
      var last = try reader.next()
      if let header {
        let differences = header.provenance.differences(reader.header.provenance)
        guard differences.isEmpty else {
          throw failure(part, "differs from the first part in \(differences.joined(separator: ", "))")
        }
        if let next = last, border?.isSame(as: next) != true {
          try output?.finish()
          return part
        }
      } else {
        header = reader.header
        if !isJournal(destination, like: reader.header) {
          output = try OutputFile(for: destination)
          try output?.write(JournalFormat.beginning(reader.header))
        }
      }
      while let frame = last, let next = try reader.next() {
        try output?.write(JournalFormat.framed(frame.record))
        last = next
      }
      border = last
      let size = (try? FileManager.default.attributesOfItem(atPath: part.path)[.size] as? UInt64) ?? 0
      guard reader.validLength == size else { throw failure(part, "is damaged") }
    }
    if let border { try output?.write(JournalFormat.framed(border.record)) }
    try output?.finish()
    return nil
  }

  private static func isJournal(_ file: URL, like header: JournalHeader) -> Bool {
    guard let reader = try? JournalReader(file) else { return false }
    return reader.header.provenance.differences(header.provenance).isEmpty
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
