internal import Files
internal import Foundation
internal import Interchange
internal import Pose
private import Timing

/// Merges results into a SQLite database; `Samples/cluster/README.md` explains its tables.
final class DatabaseSink: MergeSink {
  private let database: SQLiteFile
  private var video = 0

  private var tracks: [Int: TrackRow] = [:]
  private var knownSets: Set<String> = []

  /// What is known of an identity once all frames were seen.
  private struct TrackRow {
    var first: (frame: Int, seconds: Double?)
    var last: (frame: Int, seconds: Double?)
    var frames = 0
    var score = 0.0
  }

  init(_ destination: URL, overwrites: Bool) throws {
    database = try SQLiteFile(destination, overwrites: overwrites, schema: Self.schema)
  }

  private static let schema = """
    CREATE TABLE videos (
      video INTEGER PRIMARY KEY, job TEXT NOT NULL UNIQUE, input TEXT NOT NULL, sha256 TEXT NOT NULL,
      state TEXT NOT NULL, lasting INTEGER, reason TEXT, exit_status INTEGER, attempts INTEGER NOT NULL,
      host TEXT, seconds REAL, peak_memory INTEGER, lost_packets INTEGER, patched_frames INTEGER,
      result TEXT, width INTEGER, height INTEGER, keypoint_set TEXT, model TEXT, model_sha256 TEXT,
      detector TEXT, detector_sha256 TEXT, version TEXT, settings TEXT);
    CREATE TABLE frames (
      video INTEGER NOT NULL REFERENCES videos, frame INTEGER NOT NULL, seconds REAL, name TEXT, people INTEGER NOT NULL,
      PRIMARY KEY (video, frame)) WITHOUT ROWID;
    CREATE TABLE tracks (
      video INTEGER NOT NULL REFERENCES videos, track INTEGER NOT NULL, frames INTEGER NOT NULL,
      first_frame INTEGER NOT NULL, last_frame INTEGER NOT NULL, first_seconds REAL, last_seconds REAL,
      mean_score REAL NOT NULL, PRIMARY KEY (video, track)) WITHOUT ROWID;
    CREATE TABLE people (
      video INTEGER NOT NULL REFERENCES videos, frame INTEGER NOT NULL, person INTEGER NOT NULL, track INTEGER,
      score REAL NOT NULL, x REAL NOT NULL, y REAL NOT NULL, width REAL NOT NULL, height REAL NOT NULL,
      PRIMARY KEY (video, frame, person)) WITHOUT ROWID;
    CREATE TABLE keypoints (
      video INTEGER NOT NULL REFERENCES videos, frame INTEGER NOT NULL, person INTEGER NOT NULL,
      keypoint INTEGER NOT NULL, x REAL NOT NULL, y REAL NOT NULL, score REAL NOT NULL,
      PRIMARY KEY (video, frame, person, keypoint)) WITHOUT ROWID;
    CREATE TABLE keypoint_names (
      keypoint_set TEXT NOT NULL, keypoint INTEGER NOT NULL, name TEXT NOT NULL,
      PRIMARY KEY (keypoint_set, keypoint)) WITHOUT ROWID;
    CREATE VIEW poses AS
      SELECT videos.input, frame, frames.seconds, people.track, person,
        keypoint_names.name AS keypoint,
        keypoints.x, keypoints.y, keypoints.score
      FROM keypoints JOIN people USING (video, frame, person) JOIN frames USING (video, frame) JOIN videos USING (video)
        JOIN keypoint_names USING (keypoint_set, keypoint);
    CREATE VIEW failures AS
      SELECT input, state, lasting, reason, exit_status, attempts, host FROM videos WHERE state <> 'done';
    """

  func begin(_ job: BatchJob, _ state: JobState, _ header: RecordingHeader?) throws {
    try endVideo()
    video += 1

    let (last, made) = (state.last, header?.provenance)
    try database.insert(
      into: "videos",
      [
        .integer(video), .text(job.id), .text(job.input), .text(job.sha256), .text(state.phase.rawValue),
        .init(last?.lasting.map { $0 ? 1 : 0 }), .init(last?.reason), .init(last?.code.map(Int.init)),
        .integer(last?.attempt ?? 0), .init(last?.host), .init(last?.seconds), .init(last?.peakMemory),
        .init(last?.lostPackets), .init(last?.patchedFrames),
        .init(header == nil ? nil : job.output + ".posetrack.json"), .init(made?.width), .init(made?.height),
        .init(header?.skeleton.name), .init(made?.model?.name), .init(made?.model?.sha256), .init(made?.detector?.name),
        .init(made?.detector?.sha256), .init(made?.version), .init(made?.settings.text),
      ])
    guard let skeleton = header?.skeleton, knownSets.insert(skeleton.name).inserted else { return }
    for (index, joint) in skeleton.joints.enumerated() {
      try database.insert(into: "keypoint_names", [.text(skeleton.name), .integer(index), .text(joint.name)])
    }
  }

  func add(_ frame: RecordedFrame) throws {
    let seconds = frame.time?.seconds
    try database.insert(
      into: "frames",
      [.integer(video), .integer(frame.index), .init(seconds), .init(frame.name), .integer(frame.people.count)])
    for (number, person) in frame.people.enumerated() {
      let (pose, box) = (person.pose, person.pose.box)
      try database.insert(
        into: "people",
        [
          .integer(video), .integer(frame.index), .integer(number), .init(person.trackID), .real(pose.score),
          .real(box.x), .real(box.y), .real(box.width), .real(box.height),
        ])
      for (index, keypoint) in pose.keypoints.enumerated() {
        guard let keypoint else { continue }
        try database.insert(
          into: "keypoints",
          [
            .integer(video), .integer(frame.index), .integer(number), .integer(index), .real(keypoint.point.x),
            .real(keypoint.point.y), .real(keypoint.score),
          ])
      }
      guard let track = person.trackID else { continue }
      let here = (frame.index, seconds)
      var row = tracks[track] ?? TrackRow(first: here, last: here)
      row.last = here
      row.frames += 1
      row.score += pose.score
      tracks[track] = row
    }
  }

  func finish() throws {
    try endVideo()
    try database.finish("CREATE INDEX people_of_tracks ON people (video, track)")
  }

  private func endVideo() throws {
    for (track, row) in tracks.sorted(by: { $0.key < $1.key }) {
      try database.insert(
        into: "tracks",
        [
          .integer(video), .integer(track), .integer(row.frames), .integer(row.first.frame), .integer(row.last.frame),
          .init(row.first.seconds), .init(row.last.seconds), .real(row.score / Double(row.frames)),
        ])
    }
    tracks = [:]
  }
}
