package import Files
package import Foundation

/// Makes one journal of those of the parts of a video.
package enum JournalJoin {
  /// Writes the frames of all parts, which come in the order of the video, into a new journal at `destination`.
  ///
  /// - Throws: If a part is missing or not whole, or was made otherwise than the first.
  package static func join(_ parts: [URL], into destination: URL) throws(FileError) {
    var writer: JournalWriter?
    var header: JournalHeader?
    for part in parts {
      guard var reader = try JournalReader(part) else { throw failure(part, "is missing or has no beginning") }
      let first = header ?? reader.header
      let differences = first.provenance.differences(reader.header.provenance)
      guard differences.isEmpty else {
        throw failure(part, "differs from the first part in \(differences.joined(separator: ", "))")
      }
      header = first
      let output: JournalWriter
      if let writer { output = writer } else { output = try JournalWriter(destination, header: first) }
      writer = output
      while let frame = try reader.next() { try output.append(frame) }
      let size = (try? FileManager.default.attributesOfItem(atPath: part.path)[.size] as? UInt64) ?? 0
      guard reader.validLength == size else { throw failure(part, "is damaged") }
    }
    try writer?.flush()
  }

  private static func failure(_ part: URL, _ problem: String) -> FileError {
    FileError(.invalid, part, problem, remedy: "remove it, and let `batch retry` and `batch run` do that part again")
  }
}
