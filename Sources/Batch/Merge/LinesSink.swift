internal import Files
internal import Foundation
internal import Interchange
private import Pose

/// Merges results into JSON Lines: a line for each video, with what became of it, and behind it one for each of its frames, as
/// `convert` writes them, with the video's job in front.
final class LinesSink: MergeSink {
  private let output: OutputFile
  private var job = ""
  private var keypointSet = ""

  init(_ target: OutputTarget) throws { output = try OutputFile(for: target) }

  func begin(_ job: BatchJob, _ state: JobState, _ header: RecordingHeader?) throws {
    (self.job, keypointSet) = (job.id, header.map { JSONText.string($0.skeleton.name) } ?? "null")
    let last = state.last
    try output.write(
      JSONText.object([
        "job": JSONText.string(job.id), "input": JSONText.string(job.input), "sha256": JSONText.string(job.sha256),
        "state": JSONText.string(state.phase.rawValue), "lasting": last?.lasting.map { "\($0)" },
        "reason": last?.reason.map(JSONText.string), "exit_status": last?.code.map { "\($0)" },
        "result": header == nil ? nil : JSONText.string(job.output + ".posetrack.json"),
        "width": header?.provenance.map { "\($0.width)" }, "height": header?.provenance.map { "\($0.height)" },
        "model": header?.provenance?.model.map { JSONText.string($0.name) },
        "settings": header?.provenance?.settings.text,
      ]) + "\n")
  }

  func add(_ frame: RecordedFrame) throws {
    let line = RecordingFormat.jsonLine(frame, keypointSet: keypointSet)
    try output.write("{\"job\":\(JSONText.string(job)),\(line.dropFirst())\n")
  }

  func finish() throws { try output.finish() }
}
