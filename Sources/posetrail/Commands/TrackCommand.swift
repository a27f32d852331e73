internal import ArgumentParser
private import Files
private import Foundation
internal import Interchange
private import Pipeline
private import Video

struct TrackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track",
    abstract: "Finds people in videos, estimates their poses and keeps their identities.",
    discussion: """
      For each video, NAME.posetrack.json and NAME.overlay.mp4 appear in the output folder. A video is a file that \
      FFmpeg reads, a folder of numbered images, or one image, which gives NAME.overlay.jpg.

      EXAMPLES
        posetrail track clip.mp4 -o results
        posetrail track clip.mp4 -o results --blur-faces --color-by track
        posetrail track clip.mp4 -o results --detect-every 5 --people 2
        posetrail track frames/ -o results --frame-rate 30 --boxes boxes.json
        posetrail track clip.mp4 -o results --model my-network.onnx
        posetrail track clip.mp4 -o results --smooth --no-overlay
        posetrail track clip.mp4 -o results --format csv --format openpose
        posetrail track *.mp4 -o results --resume

      \(SignalOptions.methods)

      An interrupted run leaves what it has done as valid results; the same command with --resume goes on.
      """)

  @Argument(
    help: ArgumentHelp("Video files, folders of images, or images.", valueName: "video"), completion: .file())
  var videos: [String]

  @Option(
    name: [.short, .long], help: ArgumentHelp("Folder for the results; made if it is missing.", valueName: "folder"),
    completion: .directory)
  var output: String

  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      "Write the poses in this format as well; may be repeated. `posetrail help convert` lists them.",
      valueName: "format"))
  var formats: [RecordingFormat] = []

  @Flag(help: "Replace results of earlier runs.")
  var force = false

  @Flag(help: "Go on where an interrupted run stopped; skip videos that are done.")
  var resume = false

  @Flag(help: "Print an object of JSON for each video, and one at the end, on standard output, a line each.")
  var json = false

  @OptionGroup var report: ReportOptions
  @OptionGroup var options: TrackOptions

  func validate() throws {
    for format in formats where !format.canBeWritten || format.holdsOnePerson {
      throw ValidationError("--format \(format.name): convert a result with `posetrail convert` instead.")
    }
    if formats.contains(where: { $0.name == RecordingFormat.poseTrack.name }) {
      throw ValidationError("--format posetrack: is written anyway.")
    }
  }

  func run() throws {
    var lines = VideosReport(of: videos.count, makesVideo: options.overlay)
    func finish(_ status: ExitStatus, reason: String? = nil) throws {
      guard json else { return }
      for video in videos.dropFirst(lines.entries.count) {
        try Terminal.print(data: lines.add(.init(video: video, state: .notBegun, status: status, reason: reason)))
      }
      try Terminal.print(data: lines.end(status, reason: reason))
    }
    let status: ExitStatus
    do {
      let folder = URL(filePath: output, directoryHint: .isDirectory)
      status = ExitStatus.combined(
        try VideoRuns(videos, into: folder).run(options.line) { run, line, interruption in
          let isPhoto = VideoReader.isPhoto(URL(filePath: run.video))
          let outputs = TrackOutputs(folder: folder, stem: run.stem, isPhoto: isPhoto)
          return tell(track(run, outputs, line, interruption), &lines)
        })
    } catch {
      try finish(ExitStatus(of: error), reason: Terminal.describe(error))
      throw error
    }
    try finish(status)
    try status.throwUnlessDone()
  }

  private func track(
    _ run: VideoRuns.Run, _ outputs: TrackOutputs, _ line: AnalysisLine, _ interruption: Interruption
  ) -> VideosReport.Entry {
    let video = run.video
    let progress = report.display(video, number: run.number, of: videos.count)
    do {
      let job = TrackJob(source: URL(filePath: video), outputs: outputs, settings: settings, line: line)
      let summary = try job.run(interruption: interruption) { progress?.show($0) }
      progress?.clear()
      SummaryText.sayWhatHappened(to: video, warnings: summary.warnings, damage: summary.damage)
      SummaryText.sayUntouched(summary.signals, in: video)
      return VideosReport.Entry(video, summary, outputs, acceptsDamage: options.input.damage.acceptDamage)
    } catch {
      progress?.clear()
      Terminal.report(error)
      let isOfAnotherRun = (error as? FileError)?.code == .busy
      if !isOfAnotherRun, FileManager.default.fileExists(atPath: outputs.journal.path) {
        Terminal.say("posetrail: what was done is kept; the same command with --resume goes on from there")
      }
      return VideosReport.Entry(video, error)
    }
  }

  private var settings: TrackSettings {
    var settings = options.settings
    settings.formats = formats
    settings.overwrites = force
    settings.resumes = resume
    return settings
  }

  /// Tells programs and people what became of a video, and gives its status.
  private func tell(_ entry: VideosReport.Entry, _ lines: inout VideosReport) -> ExitStatus {
    let line = lines.add(entry)
    do {
      if json { try Terminal.print(data: line) }
    } catch {
      Terminal.report(error)
      return .failed
    }
    if !report.quiet, let summary = entry.summary, let outputs = entry.outputs {
      Terminal.say(SummaryText.plain(summary, video: entry.video, outputs: outputs, makesVideo: options.overlay))
    }
    return entry.status
  }
}
