/// Decides how many frames go through the pose network together.
///
/// Frames are joined until they hold enough people for full batches, and the next group starts afresh. The rule looks
/// at nothing but the numbers of people and the size of the video, so a resumed run forms the same groups, and a network that computes a batch of
/// four in another order than one of two gives the same bytes.
struct FrameGroupRule {
  var people = 16
  var frames = 8

  /// Fewer of large frames, so that those that wait take no more than 64 MB.
  static func standard(width: Int, height: Int) -> FrameGroupRule {
    let most = (64 << 20) / max(1, width * height * 3 / 2)
    return FrameGroupRule(frames: min(8, max(1, most)))
  }

  func isFull(frames count: Int, people total: Int) -> Bool {
    count >= frames || total >= people
  }

  /// The number of frames, at the front of frames with so many people each, that make up complete groups.
  func completeFrames(_ people: [Int]) -> Int {
    var complete = 0
    var total = 0
    for (index, count) in people.enumerated() {
      total += count
      if isFull(frames: index + 1 - complete, people: total) {
        complete = index + 1
        total = 0
      }
    }
    return complete
  }
}
