internal import Files
internal import Timing

/// Times of frames: their own, or by a frame rate.
struct FrameTimes {
  private let stated: Rational?
  private(set) var count = 0
  private var first: Double?
  private var last = 0.0

  init(_ frameRate: Rational?) { stated = frameRate }

  /// Whether there is a time for a frame.
  func hasTime(_ frame: RecordedFrame) -> Bool { frame.time != nil || stated != nil }

  mutating func seconds(of frame: RecordedFrame) throws(FileError) -> String {
    guard let time = frame.time?.seconds ?? stated.map({ Double(frame.index) / $0.value }) else {
      throw FileError(
        .invalid, problem: "needs times, which the poses do not have", remedy: "give --frame-rate")
    }
    count += 1
    if first == nil { first = time }
    last = time
    return JSONText.number(time, places: 6)
  }

  /// Frames a second: as many as there are between the first and the last.
  var rate: String {
    guard let first, count > 1, last > first else { return JSONText.number(stated?.value ?? 1, places: 6) }
    return JSONText.number(Double(count - 1) / (last - first), places: 3)
  }
}
