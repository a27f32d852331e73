private import CSQLite
private import Files
private import Foundation
private import Interchange
private import Pose
private import TestSupport
import Testing
private import Timing

@testable internal import Batch

@Suite struct `The database of a batch` {
  private let folder: TemporaryFolder
  private let file: URL

  init() throws {
    folder = try TemporaryFolder()
    file = folder.file("all.sqlite")
    let sink = try DatabaseSink(file, overwrites: false)
    let header = RecordingHeader(name: "clip", skeleton: .coco17)
    try sink.begin(job("clip"), Self.state(.done), header)
    for index in 0..<3 {
      var keypoints = [Keypoint?](repeating: nil, count: 17)
      keypoints[0] = Keypoint(Point(x: Double(index), y: 2), score: 0.5)
      let pose = Pose(keypoints: keypoints, box: Box(x: 1, y: 2, width: 3, height: 4), score: 0.25)
      try sink.add(
        RecordedFrame(
          index: index, time: MediaTime(ticks: Int64(index), denominator: 25),
          people: index == 1 ? [] : [RecordedFrame.Person(pose, trackID: 7)]))
    }
    try sink.begin(job("it's broken"), Self.state(.failed), nil)
    try sink.finish()
  }

  private static func state(_ kind: BatchEvent.Kind) -> JobState {
    var event = BatchEvent(kind, job: "", attempt: 2)
    if kind == .failed { (event.reason, event.lasting, event.code) = ("no video", true, 2) }
    var state = JobState()
    state.add(event)
    return state
  }

  /// The rows of a query, their columns parted by bars.
  private func rows(_ query: String) throws -> [String] {
    var (database, statement): (OpaquePointer?, OpaquePointer?)
    defer {
      sqlite3_finalize(statement)
      sqlite3_close(database)
    }
    try #require(sqlite3_open_v2(file.path, &database, SQLITE_OPEN_READONLY, nil) == SQLITE_OK)
    try #require(sqlite3_prepare_v2(database, query, -1, &statement, nil) == SQLITE_OK, "\(query)")
    var rows: [String] = []
    while sqlite3_step(statement) == SQLITE_ROW {
      let columns = (0..<sqlite3_column_count(statement)).map { column in
        sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "-"
      }
      rows.append(columns.joined(separator: "|"))
    }
    return rows
  }

  @Test(
    arguments: [
      (
        "SELECT video, input, state, result, keypoint_set, reason, exit_status, attempts FROM videos",
        ["1|clip.mp4|done|out/clip.posetrack.json|coco17|-|-|2", "2|it's broken.mp4|failed|-|-|no video|2|2"]
      ),
      ("SELECT video, frame, seconds, people FROM frames", ["1|0|0.0|1", "1|1|0.04|0", "1|2|0.08|1"]),
      (
        "SELECT track, frames, first_frame, last_frame, last_seconds, mean_score FROM tracks", ["7|2|0|2|0.08|0.25"]
      ),
      ("SELECT frame, person, track, score, x, height FROM people", ["0|0|7|0.25|1.0|4.0", "2|0|7|0.25|1.0|4.0"]),
      ("SELECT frame, track, keypoint, x, y, score FROM poses", ["0|7|nose|0.0|2.0|0.5", "2|7|nose|2.0|2.0|0.5"]),
      ("SELECT input, lasting, reason FROM failures", ["it's broken.mp4|1|no video"]),
      ("SELECT count(*) FROM keypoint_names", ["17"]), ("PRAGMA integrity_check", ["ok"]),
    ] as [(String, [String])])
  func `has what it is documented to have`(_ query: String, _ expected: [String]) throws {
    #expect(try rows(query) == expected)
  }

  @Test func `is not there before it is whole`() throws {
    let sink = try DatabaseSink(folder.file("other.sqlite"), overwrites: false)
    try sink.begin(job("a"), Self.state(.done), nil)
    #expect(!FileManager.default.fileExists(atPath: folder.file("other.sqlite").path))
  }
}
