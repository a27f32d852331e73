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

  @Flag(inversion: .prefixedNo, help: "Make the annotated video.")
  var overlay = true

  @Flag(help: "Replace results of earlier runs.")
  var force = false

  @Flag(help: "Go on where an interrupted run stopped; skip videos that are done.")
  var resume = false

  @Flag(help: "No progress and no summary.")
  var quiet = false

  @Flag(help: "Print the summary as JSON on standard output.")
  var json = false

  @OptionGroup(title: "Input") var input: InputOptions
  @OptionGroup(title: "Boxes") var boxes: BoxOptions
  @OptionGroup(title: "Poses") var pose: PoseModelOptions
  @OptionGroup(title: "Identities") var tracking: TrackingOptions
  @OptionGroup(title: "Choice") var choice: ChoiceOptions
  @OptionGroup(title: "Signals") var signals: SignalOptions
  @OptionGroup(title: "Drawing") var drawing: DrawingOptions
  @OptionGroup(title: "Encoding") var encoding: EncodingOptions
  @OptionGroup(title: "Engine") var engine: EngineOptions

  func validate() throws {
    for format in formats where !format.canBeWritten || format.holdsOnePerson {
      throw ValidationError("--format \(format.name): convert a result with `posetrail convert` instead.")
    }
    if formats.contains(where: { $0.name == RecordingFormat.poseTrack.name }) {
      throw ValidationError("--format posetrack: is written anyway.")
    }
  }

  func run() throws {
    let folder = URL(filePath: output, directoryHint: .isDirectory)
    let runs = try VideoRuns(videos, into: folder)
    let line = { try AnalysisLine(boxes, pose, engine) }
    try ExitStatus.combined(
      runs.run(line) { run, line, interruption in
        let isPhoto = VideoReader.isPhoto(URL(filePath: run.video))
        return track(
          run.video, TrackOutputs(folder: folder, stem: run.stem, isPhoto: isPhoto), line, interruption)
      }
    ).throwUnlessDone()
  }

  private func track(
    _ video: String, _ outputs: TrackOutputs, _ line: AnalysisLine, _ interruption: Interruption
  ) -> ExitStatus {
    let progress = quiet ? nil : ProgressLine(title: URL(filePath: video).lastPathComponent)
    do {
      let job = TrackJob(source: URL(filePath: video), outputs: outputs, settings: settings, line: line)
      let summary = try job.run(interruption: interruption) { progress?.show($0) }
      progress?.clear()
      try report(summary, video: video, outputs: outputs)
      return ExitStatus(interrupted: summary.isInterrupted, damage: summary.damage)
    } catch {
      progress?.clear()
      Terminal.report(error)
      let isOfAnotherRun = (error as? FileError)?.code == .busy
      if !isOfAnotherRun, FileManager.default.fileExists(atPath: outputs.journal.path) {
        Terminal.say("posetrail: what was done is kept; the same command with --resume goes on from there")
      }
      return ExitStatus(of: error)
    }
  }

  private var settings: TrackSettings {
    var settings = TrackSettings()
    settings.input = input.readerOptions
    settings.linking = signals.adding(to: tracking.settings)
    settings.linking.choice = choice.choice
    settings.overlay = overlay ? encoding.overlaySettings(drawing) : nil
    settings.formats = formats
    settings.overwrites = force
    settings.resumes = resume
    return settings
  }

  private func report(_ summary: TrackSummary, video: String, outputs: TrackOutputs) throws {
    SummaryText.sayWhatHappened(to: video, warnings: summary.warnings, damage: summary.damage)
    SummaryText.sayUntouched(summary.signals, in: video)
    if json {
      try Terminal.print(data: SummaryText.json(summary, video: video, outputs: outputs, makesVideo: overlay))
    }
    if !quiet {
      Terminal.say(SummaryText.plain(summary, video: video, outputs: outputs, makesVideo: overlay))
    }
  }
}
