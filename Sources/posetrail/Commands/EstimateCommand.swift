internal import ArgumentParser
private import Files
private import Foundation
private import Pipeline
private import Video

struct EstimateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate",
    abstract: "Finds people in videos and estimates their poses, without identities.",
    discussion: """
      For each video, NAME.poses.json appears in the output folder: PoseTrack JSON with a pose for every box, however weak, \
      and no track ids. `posetrail link` gives the identities that `track` would have given.

      EXAMPLES
        posetrail estimate clip.mp4 -o results
        posetrail link results/clip.poses.json -o results/clip.posetrack.json
        posetrail estimate photos/ -o results --boxes labels.json
        posetrail estimate photos/ -o results --boxes found.json --pose-nms oks
      """)

  @Argument(
    help: ArgumentHelp("Video files, folders of images, or images.", valueName: "video"), completion: .file())
  var videos: [String]

  @Option(
    name: [.short, .long], help: ArgumentHelp("Folder for the results; made if it is missing.", valueName: "folder"),
    completion: .directory)
  var output: String

  @Flag(help: "Replace results of earlier runs.")
  var force = false

  @OptionGroup var report: ReportOptions

  @OptionGroup(title: "Input") var input: InputOptions
  @OptionGroup(title: "Boxes") var boxes: BoxOptions
  @OptionGroup(title: "Poses") var pose: PoseModelOptions
  @OptionGroup(title: "Suppression") var suppression: SuppressionOptions
  @OptionGroup(title: "Engine") var engine: EngineOptions

  func validate() throws {
    if boxes.detectEvery > 1 { throw ValidationError("--detect-every goes with `track`: it needs identities.") }
  }

  func run() throws {
    let folder = URL(filePath: output, directoryHint: .isDirectory)
    let runs = try VideoRuns(videos, into: folder)
    let line = { try AnalysisLine(boxes, pose, engine) }
    try ExitStatus.combined(
      runs.run(line) { run, line, interruption in
        estimate(run, folder.appending(path: "\(run.stem).poses.json"), line, interruption)
      }
    ).throwUnlessDone()
  }

  private func estimate(
    _ run: VideoRuns.Run, _ destination: URL, _ line: AnalysisLine, _ interruption: Interruption
  ) -> ExitStatus {
    let video = run.video
    let progress = report.display(video, number: run.number, of: videos.count)
    do {
      let claim = try OutputClaim([destination], overwrites: force)
      defer { claim.release() }
      let job = EstimateJob(
        source: URL(filePath: video), input: input.readerOptions, destination: destination, line: line,
        suppression: suppression.suppression)
      let summary = try job.run(interruption: interruption) { progress?.show($0) }
      progress?.clear()
      SummaryText.sayWhatHappened(to: video, warnings: summary.warnings, damage: summary.damage)
      if !report.quiet {
        let end = "→ \(destination.relativePath)" + (summary.isInterrupted ? "; interrupted" : "")
        Terminal.say(
          "\(video): \(SummaryText.count(summary.people, "pose")) in \(SummaryText.count(summary.frames, "frame")) \(end)"
        )
      }
      return ExitStatus(interrupted: summary.isInterrupted, damage: summary.damage, accepts: input.damage.acceptDamage)
    } catch {
      progress?.clear()
      Terminal.report(error)
      return ExitStatus(of: error)
    }
  }
}
