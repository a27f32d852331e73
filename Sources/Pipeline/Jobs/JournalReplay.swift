internal import Foundation
internal import Interchange
internal import Video

/// The frames that an earlier, interrupted run had done.
struct JournalReplay {
  private var frames: JournalReader?
  private var remaining: Int
  private let file: URL

  /// Opens the journal at `file`: a new one, or the continuation of the one that is there. What can't be continued
  /// exactly is done again, so that the results are those of a run without interruption.
  ///
  /// - Parameter restarts: Whether to begin anew, rather than to throw, where the journal is that of another run.
  static func open(
    _ file: URL, header: JournalHeader, resumes: Bool, restarts: Bool, provider: any PoseProvider
  ) throws -> (JournalReplay, JournalWriter) {
    let found = try resumes ? restarts ? (try? JournalReader(file)) ?? nil : JournalReader(file) : nil
    let differences = found?.header.provenance.differences(header.provenance) ?? []
    guard var old = found, differences.isEmpty || !restarts else {
      return (JournalReplay(frames: nil, remaining: 0, file: file), try JournalWriter(file, header: header))
    }
    guard differences.isEmpty else {
      throw PipelineError(
        .unusable,
        "\(file.relativePath): the interrupted run differs from this one in \(differences.joined(separator: ", ")); "
          + "resume with the same input and options, or start again with --force")
    }
    var done: [DoneFrame] = []
    var ends = [old.validLength]
    while let frame = try old.next() {
      done.append(DoneFrame(index: frame.index, people: frame.poses.count))
      ends.append(old.validLength)
    }
    let complete = provider.resumePoint(done)
    let writer = try JournalWriter(continuing: file, at: ends[complete])
    return (JournalReplay(frames: try JournalReader(file), remaining: complete, file: file), writer)
  }

  /// What the journal has on `frame`, the next one of the video; nil once it has no more.
  mutating func next(for frame: Frame) throws -> JournalFrame? {
    guard remaining > 0, let known = try frames?.next() else { return nil }
    remaining -= 1
    guard (known.index, known.time, known.beginsShot) == (frame.index, frame.time, frame.beginsShot) else {
      throw PipelineError(
        .unusable,
        "\(file.relativePath): frame \(known.index) there is not frame \(frame.index) of the video; start again with --force"
      )
    }
    return known
  }
}
