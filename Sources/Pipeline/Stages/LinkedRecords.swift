internal import Interchange
internal import Pose

/// The frames of a journal with the people that a linker makes of them.
struct LinkedRecords {
  private var records: JournalReader
  private var linker: Linker
  private let kept: Set<Int>?
  private var waiting: [JournalFrame] = []
  private var done: [RecordedFrame] = []
  private var isAtEnd = false
  /// The frames read so far, and the ids of the people in them.
  private(set) var count = 0
  private(set) var people: Set<Int> = []

  /// - Parameter kept: Who is to be there; nil for everyone.
  init(_ records: JournalReader, _ linker: Linker, keeping kept: Set<Int>?) {
    (self.records, self.linker, self.kept) = (records, linker, kept)
  }

  /// The next frame; nil after the last.
  mutating func next() throws -> RecordedFrame? {
    while done.isEmpty, !isAtEnd {
      if let record = try records.next() {
        count += 1
        waiting.append(record)
        take(linker.link(record.poses, at: record.time, index: record.index).done)
      } else {
        isAtEnd = true
        take(linker.finish())
      }
    }
    return done.isEmpty ? nil : done.removeFirst()
  }

  private mutating func take(_ frames: [[TrackedPose]]) {
    for (record, everyone) in zip(waiting, frames) {
      let people = everyone.filter { kept?.contains($0.trackID) ?? true }
      self.people.formUnion(people.map(\.trackID))
      done.append(
        RecordedFrame(index: record.index, time: record.time, name: record.name, size: record.size, people: people))
    }
    waiting.removeFirst(frames.count)
  }
}
