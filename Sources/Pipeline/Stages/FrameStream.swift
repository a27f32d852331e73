internal import Imaging
internal import Video

extension Frame {
  /// Of its pictures and their motion; pictures that share their planes count once.
  var byteCount: Int {
    let planes = planar.map { $0.width * $0.height * 3 / 2 } ?? 0
    let pictures =
      switch picture {
      case .rgb(let image): planes + image.pixels.count
      case .planar(let image): max(planes, image.width * image.height * 3 / 2)
      }
    return pictures + (motion?.byteCount ?? 0)
  }
}

/// Decodes ahead on a thread of its own.
final class FrameStream {
  /// What the reader had to report once it was done.
  struct Report: Sendable {
    var damage = DecodeDamage()
    var warnings: [String] = []
  }

  private let reader: VideoReader
  private let queue: BoundedQueue<Frame>
  private let thread: StageThread

  /// - Parameters:
  ///   - findsShots: Whether the pictures are looked at for where shots begin.
  ///   - range: The indices of the frames that are given, and the next one behind them; nil for all. As many of those before it are
  ///     looked at as it takes for a frame not to depend on where the range begins.
  init(
    _ reader: VideoReader, capacity: Int, clock: StageClock, findsShots: Bool = false, range: Range<Int>? = nil
  ) {
    let range = range ?? 0..<Int.max
    self.reader = reader
    let queue = BoundedQueue<Frame>(capacity: capacity) { $0.byteCount }
    self.queue = queue
    thread = StageThread(name: "decode") {
      defer { queue.finish() }
      var shots = ShotDetector()
      var hasSkipped = try range.lowerBound > 0 && clock.measure { try reader.skip(to: range.lowerBound) }
      while queue.awaitRoom(), var frame = try clock.measure({ try reader.next() }) {
        if hasSkipped, frame.index >= range.lowerBound {
          hasSkipped = false
          if findsShots && !shots.isSettled || !reader.damage.isEmpty {
            try reader.restart()
            shots = ShotDetector()
            continue
          }
        }
        if findsShots { frame.beginsShot = clock.measure { shots.begins(frame.picture) } }
        guard frame.index < range.lowerBound || queue.push(frame), frame.index < range.upperBound else { return }
      }
    }
  }

  deinit {
    queue.abandon()
    try? thread.join()
  }

  /// The next frame; nil at the end. Throws what stopped the reader.
  func next() throws -> Frame? {
    if let frame = queue.pop() { return frame }
    try thread.join()
    return nil
  }

  var report: Report { Report(damage: reader.damage, warnings: reader.warnings) }
}
