/// What could not be decoded so far. The rest was.
package struct DecodeDamage: Hashable, Sendable {
  /// Packets (or image files) that gave no picture.
  package var lostPackets = 0
  /// Pictures that were given although parts of them had to be guessed.
  package var patchedFrames = 0
  /// The first thing that went wrong, with its place.
  package var firstMessage: String?

  package init() {}

  /// What happened, for a person.
  package var sentence: String {
    "\(lostPackets) packets could not be decoded and \(patchedFrames) pictures are patched"
      + (firstMessage.map { "; first: \($0)" } ?? "")
  }

  package var isEmpty: Bool { lostPackets == 0 && patchedFrames == 0 }

  mutating func lose(packets: Int = 1, _ message: @autoclosure () -> String) {
    lostPackets += packets
    if firstMessage == nil { firstMessage = message() }
  }

  mutating func patch(_ message: @autoclosure () -> String) {
    patchedFrames += 1
    if firstMessage == nil { firstMessage = message() }
  }
}
