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

  init(video name: String) {
    self.name = name
    let parts = name.split(separator: "_", omittingEmptySubsequences: false)
    let kinds = ["mpii": 1, "bonn": 2, "mpiinew": 3]
    if parts.count >= 2, let kind = kinds[String(parts[1])], let sequence = Int(parts[0]),
      (0..<1_000_000).contains(sequence)
    {
      video = String(parts[0])
      base = kind * 10_000_000_000 + sequence * 10_000
    } else {
      video = name
      base = 10_000_000_000
    }
  }

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
