/// Decides how many frames go through the pose network together.
///
/// Frames are joined until they hold enough people for full batches, and the next group starts afresh, as it does in each section
/// of the video. The rule looks at nothing but the numbers of people, those of the frames and the size of the video, so a run that
/// is resumed, or begins with a section, forms the same groups, and a network that computes a batch of four in another order than
/// one of two gives the same bytes.
struct FrameGroupRule {
  var people = 16
  var frames = 8
  /// The frames of a section. Poses of frames from different sections never depend on each other.
  static let section = 256

  /// Fewer of large frames, so that those that wait take no more than 64 MB.
  static func standard(width: Int, height: Int) -> FrameGroupRule {
    let most = (64 << 20) / max(1, width * height * 3 / 2)
    return FrameGroupRule(frames: min(8, max(1, most)))
  }

  func isFull(frames count: Int, people total: Int) -> Bool {
    count >= frames || total >= people
  }

  /// Whether the frame `index`, which comes after the frame `previous`, begins a section.
  func startsSection(at index: Int, after previous: Int) -> Bool { index / Self.section != previous / Self.section }

  /// The number of frames, at the front of those given, that make up complete groups.
  func completeFrames(_ frames: [DoneFrame]) -> Int {
    var complete = 0
    var total = 0
    for (number, frame) in frames.enumerated() {
      if number > 0, startsSection(at: frame.index, after: frames[number - 1].index) { (complete, total) = (number, 0) }
      total += frame.people
      if isFull(frames: number + 1 - complete, people: total) { (complete, total) = (number + 1, 0) }
    }
    return complete
  }
}
