private import Foundation
internal import Pipeline
private import Tracking
internal import Video

/// The lines of `track --json`: one for every video, and one for the run.
struct VideosReport {
  /// What became of one video.
  struct Entry {
    enum State: String, Encodable, CaseIterable {
      case done
      /// Written, without what could not be decoded.
      case damaged
      case failed
      case unusable
      case interrupted
      case notBegun = "not_begun"
    }

    var video: String
    var state: State
    var status: ExitStatus
    /// Why it is not done.
    var reason: String?
    var summary: TrackSummary?
    var outputs: TrackOutputs?
  }

  private(set) var entries: [Entry] = []
  private let count: Int
  private let makesVideo: Bool
  private let start = ContinuousClock.now

  init(of count: Int, makesVideo: Bool) {
    (self.count, self.makesVideo) = (count, makesVideo)
  }

  /// Takes the next entry and gives its line.
  mutating func add(_ entry: Entry) -> String {
    entries.append(entry)
    let summary = entry.summary
    return JSONLines.line(
      VideoLine(
        video: entry.video, number: entries.count, of: count, state: entry.state, exitStatus: entry.status.rawValue,
        reason: entry.reason, posesFile: summary == nil ? nil : entry.outputs?.poses.relativePath,
        videoFile: summary == nil || !makesVideo ? nil : entry.outputs?.video.relativePath, frames: summary?.frames,
        poses: summary?.poses, people: summary?.tracks, seconds: summary.map { $0.elapsed / .seconds(1) },
        framesPerSecond: summary?.framesPerSecond,
        busySeconds: summary.map { $0.stages.reduce(into: [:]) { $0[$1.name, default: 0] += $1.busy / .seconds(1) } },
        swapsMended: summary?.signals.sides?.swaps, posesMended: summary?.signals.sides?.poses,
        interrupted: summary?.isInterrupted, doneAlready: summary?.wasDone, lostPackets: summary?.damage.lostPackets,
        patchedFrames: summary?.damage.patchedFrames))
  }

  /// The line that closes the report.
  ///
  /// - Parameter reason: What kept the run from being begun.
  func end(_ status: ExitStatus, reason: String? = nil) -> String {
    let counts = Entry.State.allCases.map { state in (state.rawValue, entries.count { $0.state == state }) }
    return JSONLines.line(
      EndLine(
        videos: count, states: Dictionary(uniqueKeysWithValues: counts),
        frames: entries.reduce(0) { $0 + ($1.summary?.frames ?? 0) },
        seconds: (ContinuousClock.now - start) / .seconds(1), exitStatus: status.rawValue, reason: reason))
  }

  private struct VideoLine: Encodable {
    var event = "video"
    var video: String
    var number: Int
    var of: Int
    var state: Entry.State
    var exitStatus: Int32
    var reason: String?
    var posesFile: String?
    var videoFile: String?
    var frames: Int?
    var poses: Int?
    var people: Int?
    var seconds: Double?
    var framesPerSecond: Double?
    var busySeconds: [String: Double]?
    var swapsMended: Int?
    var posesMended: Int?
    var interrupted: Bool?
    var doneAlready: Bool?
    var lostPackets: Int?
    var patchedFrames: Int?
  }

  private struct EndLine: Encodable {
    var event = "end"
    var videos: Int
    var states: [String: Int]
    var frames: Int
    var seconds: Double
    var exitStatus: Int32
    var reason: String?
  }
}

extension VideosReport.Entry {
  init(_ video: String, _ summary: TrackSummary, _ outputs: TrackOutputs, acceptsDamage: Bool) {
    let damage = summary.damage
    self.init(
      video: video, state: summary.isInterrupted ? .interrupted : damage.isEmpty ? .done : .damaged,
      status: ExitStatus(interrupted: summary.isInterrupted, damage: damage, accepts: acceptsDamage),
      reason: damage.isEmpty ? nil : damage.sentence, summary: summary, outputs: outputs)
  }

  init(_ video: String, _ error: any Error) {
    let status = ExitStatus(of: error)
    self.init(
      video: video, state: status == .interrupted ? .interrupted : status == .unusable ? .unusable : .failed,
      status: status, reason: Terminal.describe(error))
  }
}

extension TrackSummary {
  var framesPerSecond: Double { Double(frames) / max(elapsed / .seconds(1), 1e-9) }
}
