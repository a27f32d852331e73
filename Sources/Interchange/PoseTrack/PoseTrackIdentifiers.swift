internal import Foundation

/// The ids and names that PoseTrack 2018 gives to frames: T·10¹⁰ + sequence·10⁴ + frame, with T 1 for sequences named
/// `…_mpii_…`, 2 for `…_bonn_…`, 3 for `…_mpiinew_…`.
///
/// Other videos get sequence 0 of T 1; more than 10,000 frames run on into the next sequence, as ids need only be
/// unique within a file.
struct PoseTrackIdentifiers: Sendable {
  /// What `vid_id` says: the number of the sequence with its leading zeros, or the whole name.
  let video: String
  private let name: String
  private let base: Int

  private static let kinds = ["mpii": 1, "bonn": 2, "mpiinew": 3]

  init(video name: String) {
    self.name = name
    if let sequence = Self.sequence(of: name) {
      video = sequence.digits
      base = sequence.kind * 10_000_000_000 + sequence.number * 10_000
    } else {
      video = name
      base = 10_000_000_000
    }
  }

  /// Kind and number of the sequence that a name stands for; nil for other names.
  private static func sequence(of name: String) -> (kind: Int, number: Int, digits: String)? {
    let parts = name.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count >= 2, let kind = kinds[String(parts[1])], let number = Int(parts[0]),
      (0..<1_000_000).contains(number)
    else { return nil }
    return (kind, number, String(parts[0]))
  }

  /// Whether poseval can parse the name: six digits, the kind, and something after it.
  static func isSequence(_ name: String) -> Bool {
    guard let sequence = sequence(of: name) else { return false }
    return sequence.digits.utf8.count == 6 && name.split(separator: "_").count >= 3
  }

  /// Kind and number of the sequence as ids have them; nil where the video is none.
  var sequence: Int? { Self.sequence(of: name) == nil ? nil : base / 10_000 }

  func image(_ index: Int) -> Int { base + index }

  /// Kind and number of the sequence that an id belongs to; nil for other ids.
  static func sequence(ofImage id: Int) -> Int? {
    (10_000_000_000..<40_000_000_000).contains(id) ? id / 10_000 : nil
  }

  /// `images/NAME/000000.jpg`, or the frame's own name.
  func fileName(_ frame: RecordedFrame) -> String {
    let digits = String(frame.index)
    return "images/\(name)/"
      + (frame.name ?? String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".jpg")
  }
}
