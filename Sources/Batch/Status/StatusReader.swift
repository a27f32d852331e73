private import Foundation

/// Reads what all workers of a batch have written, and then what was added since.
struct StatusReader {
  private let folder: BatchFolder
  /// How far each file was read.
  private var offsets: [String: UInt64] = [:]

  init(_ folder: BatchFolder) { self.folder = folder }

  /// The events since the last call. A line that is not ended yet is left for the next.
  mutating func next() -> [BatchEvent] {
    let path = folder.status.path(percentEncoded: false)
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0.hasSuffix(".jsonl") }
    return names.sorted().flatMap { name -> [BatchEvent] in
      guard let file = try? FileHandle(forReadingFrom: folder.status.appending(path: name)) else { return [] }
      defer { try? file.close() }
      let offset = offsets[name] ?? 0
      guard (try? file.seek(toOffset: offset)) != nil, let data = try? file.readToEnd(),
        let end = data.lastIndex(of: 0x0A)
      else { return [] }
      let whole = data[...end]
      offsets[name] = offset + UInt64(whole.count)
      return String(decoding: whole, as: UTF8.self).split(separator: "\n").compactMap { BatchEvent(line: $0) }
    }
  }
}
