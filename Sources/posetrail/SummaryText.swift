private import Foundation
internal import Pipeline
internal import Tracking
internal import Video

/// The end of a job in words.
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

  /// A number of things in words; the plural is the word with an s unless it is given.
  static func count(_ number: Int, _ word: String, _ plural: String? = nil) -> String {
    "\(number) \(number == 1 ? word : plural ?? word + "s")"
  }

  private static func rate(_ summary: TrackSummary) -> String {
    String(format: "%.1f", summary.framesPerSecond)
  }

  /// Frames a second of a stage that was busy long enough to tell.
  private static func speed(_ frames: Int, in duration: Duration) -> String {
    duration < .milliseconds(100) ? "" : String(format: " (%.0f/s)", Double(frames) / (duration / .seconds(1)))
  }

  private static func seconds(_ duration: Duration) -> String {
    String(format: "%.1f s", duration / .seconds(1))
  }
}
