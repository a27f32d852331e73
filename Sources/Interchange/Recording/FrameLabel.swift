/// What a file calls a frame, from which it is found among those of a video.
package struct FrameLabel: Hashable, Sendable {
  /// Counted from 0, where the format says how it counts.
  package var index: Int?
  /// A number that the file gives the image, which may be an index or stand in the image's name.
  package var number: Int?
  /// The name of the image, with the folders that the file states.
  package var name: String?

  package init(index: Int? = nil, number: Int? = nil, name: String? = nil) {
    (self.index, self.number, self.name) = (index, number, name)
  }
}

extension FrameLabel {
  /// The last part of the name without its ending.
  package var stem: String? { name.map(Self.stem) }

  /// The number at the end of the stem.
  package var numberInName: Int? { stem.flatMap(Self.trailingNumber) }

  /// What a file of several videos calls this frame's: the number of a PoseTrack sequence in six digits, or the folder.
  package var sequence: String? {
    if let name {
      let parts = name.split(separator: "/")
      return parts.count > 1 ? String(parts[parts.count - 2]) : nil
    }
    guard let sequence = number.flatMap(PoseTrackIdentifiers.sequence) else { return nil }
    let digits = String(sequence % 1_000_000)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// Whether it is a frame of the PoseTrack sequence or folder of that name: kinds of sequences (mpii, bonn, mpiinew) share
  /// their numbers, which `sequence` does not tell apart.
  package func isOf(_ video: String) -> Bool {
    if name != nil { return sequence == video }
    guard let own = number.flatMap(PoseTrackIdentifiers.sequence) else { return false }
    return own == PoseTrackIdentifiers(video: video).sequence
  }

  /// The number, without the sequence that an id of PoseTrack holds.
  package var plainNumber: Int? {
    number.map { PoseTrackIdentifiers.sequence(ofImage: $0) == nil ? $0 : $0 % 10_000 }
  }

  /// The last path component without its ending.
  package static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// The number that the digits at the end spell.
  package static func trailingNumber(_ text: String) -> Int? {
    let digits = text.utf8.reversed().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.reversed()
    return Int(String(decoding: Array(digits), as: UTF8.self)).flatMap { $0 <= FrameIndex.limit ? $0 : nil }
  }
}

extension FrameLabel: CustomStringConvertible {
  package var description: String {
    if let name { return "\"\(name)\"" }
    return number.map { "image \($0)" } ?? index.map { "frame \($0)" } ?? "a frame"
  }
}
