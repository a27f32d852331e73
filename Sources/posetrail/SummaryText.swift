private import Foundation
internal import Pipeline
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

  static func plain(_ summary: TrackSummary, video: String, outputs: TrackOutputs, makesVideo: Bool) -> String {
    if summary.wasDone { return "\(video): done already" }
    var lines = [
      "\(video): \(count(summary.frames, "frame")), \(count(summary.poses, "pose")), "
        + "\(count(summary.tracks, "person", "people")) in \(seconds(summary.elapsed))"
        + " (\(rate(summary)) frames/s)" + (summary.isInterrupted ? "; interrupted, go on with --resume" : "")
    ]
    let stages = summary.stages.map { "\($0.name) \(seconds($0.busy))\(speed(summary.frames, in: $0.busy))" }
    lines.append("  busy      " + stages.joined(separator: ", "))
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
