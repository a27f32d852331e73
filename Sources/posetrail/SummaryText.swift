private import Foundation
internal import Pipeline
internal import Tracking
internal import Video

/// The end of a job, in words and as JSON.
enum SummaryText {
  static func sayWhatHappened(to video: String, warnings: [String], damage: DecodeDamage) {
    for warning in warnings {
      Terminal.say("posetrail: \(video): \(warning)")
    }
    if !damage.isEmpty {
      Terminal.say("posetrail: \(video): \(damage.sentence)")
    }
  }

  /// Says where smoothing did not reach much of the keypoints.
  static func sayUntouched(_ signals: SignalReport, in video: String) {
    guard let report = signals.smoothing, 20 * report.untouched > report.keypoints else { return }
    let share = Double(report.untouched) / Double(report.keypoints) * 100
    Terminal.say(
      "posetrail: \(video): \(String(format: "%.0f", share)) % of the keypoints could not be smoothed: they stand alone "
        + "between gaps, or their frames lie too far apart for the filter")
  }

  /// How often left and right were put right; nil where nobody asked.
  static func sides(_ signals: SignalReport) -> String? {
    signals.sides.map {
      "mended    left and right confused \(count($0.swaps, "time")), in \(count($0.poses, "pose"))"
    }
  }

  static func plain(_ summary: TrackSummary, video: String, outputs: TrackOutputs, makesVideo: Bool) -> String {
    if summary.wasDone { return "\(video): done already" }
    var lines = [
      "\(video): \(count(summary.frames, "frame")), \(count(summary.poses, "pose")), "
        + "\(count(summary.tracks, "person", "people")) in \(seconds(summary.elapsed))"
        + " (\(rate(summary)) frames/s)" + (summary.isInterrupted ? "; interrupted, go on with --resume" : "")
    ]
    let stages = summary.stages.map { "\($0.name) \(seconds($0.busy))\(speed(summary.frames, in: $0.busy))" }
    lines.append("  busy      " + stages.joined(separator: ", "))
    if let sides = sides(summary.signals) { lines.append("  \(sides)") }
    lines.append("  poses     \(outputs.poses.relativePath)")
    if makesVideo { lines.append("  video     \(outputs.video.relativePath)") }
    return lines.joined(separator: "\n")
  }

  static func json(_ summary: TrackSummary, video: String, outputs: TrackOutputs, makesVideo: Bool) -> String {
    struct Report: Encodable {
      var video: String
      var posesFile: String
      var videoFile: String?
      var frames: Int
      var poses: Int
      var people: Int
      var seconds: Double
      var framesPerSecond: Double
      var busySeconds: [String: Double]
      var swapsMended: Int?
      var posesMended: Int?
      var interrupted: Bool
      var doneAlready: Bool
      var lostPackets: Int
      var patchedFrames: Int
    }
    let report = Report(
      video: video, posesFile: outputs.poses.relativePath,
      videoFile: makesVideo ? outputs.video.relativePath : nil, frames: summary.frames, poses: summary.poses,
      people: summary.tracks, seconds: summary.elapsed / .seconds(1), framesPerSecond: framesPerSecond(summary),
      busySeconds: Dictionary(uniqueKeysWithValues: summary.stages.map { ($0.name, $0.busy / .seconds(1)) }),
      swapsMended: summary.signals.sides?.swaps, posesMended: summary.signals.sides?.poses,
      interrupted: summary.isInterrupted, doneAlready: summary.wasDone, lostPackets: summary.damage.lostPackets,
      patchedFrames: summary.damage.patchedFrames)
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(report)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// A number of things in words; the plural is the word with an s unless it is given.
  static func count(_ number: Int, _ word: String, _ plural: String? = nil) -> String {
    "\(number) \(number == 1 ? word : plural ?? word + "s")"
  }

  private static func framesPerSecond(_ summary: TrackSummary) -> Double {
    Double(summary.frames) / max(summary.elapsed / .seconds(1), 1e-9)
  }

  private static func rate(_ summary: TrackSummary) -> String {
    String(format: "%.1f", framesPerSecond(summary))
  }

  /// Frames a second of a stage that was busy long enough to tell.
  private static func speed(_ frames: Int, in duration: Duration) -> String {
    duration < .milliseconds(100) ? "" : String(format: " (%.0f/s)", Double(frames) / (duration / .seconds(1)))
  }

  private static func seconds(_ duration: Duration) -> String {
    String(format: "%.1f s", duration / .seconds(1))
  }
}
