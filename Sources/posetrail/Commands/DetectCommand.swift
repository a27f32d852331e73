internal import ArgumentParser
private import Files
private import Foundation
internal import Interchange
private import Pipeline
private import Video

struct DetectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "detect",
    abstract: "Finds the boxes of people in a video, and nothing else.",
    discussion: """
      Writes COCO results JSON (`image_id` is the frame number, from 0; of a folder of images also `file_name`), or MOT text \
      where the output ends in .txt, or another format by its name or `--to`. All go into `posetrail track --boxes` and `posetrail link`.

      EXAMPLES
        posetrail detect clip.mp4 -o boxes.json
        posetrail render clip.mp4 boxes.json -o boxes.mp4     the boxes, drawn on the video
      """)

  @Argument(help: "A video file, a folder of images, or an image.")
  var video: String

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Where the boxes go: .json, .txt, or - for standard output.", valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Person detector: an .onnx file, a model description, a .cfg file of Darknet, or a name from `posetrail models list` (default: the embedded one).",
      valueName: "model"))
  var detector: String?

  @Option(help: ArgumentHelp("Keep boxes with at least this score (default: the model's own).", valueName: "score"))
  var boxThreshold: Double?

  @Flag(help: "Replace the output if it exists.")
  var force = false

  @OptionGroup var report: ReportOptions

  @Option(help: "The format of the output, where its name does not tell.")
  var to: RecordingFormat?

  @OptionGroup(title: "Boxes") var selection: SelectionOptions
  @OptionGroup(title: "Input") var input: InputOptions
  @OptionGroup(title: "Engine") var engine: EngineOptions

  func validate() throws {
    if let boxThreshold, !(0...1).contains(boxThreshold) { throw ValidationError("--box-threshold must lie in 0…1.") }
  }

  func run() throws {
    let target = OutputTarget(output, overwrites: force)
    let format = try to ?? RecordingFormat.writing(target, json: .coco)
    let interruption = Interruption()
    let listener = interruption.listen()
    let claim = try format.claim(target)
    defer { claim?.release() }
    let detector = try AnalysisLine.detector(
      detector, scoreThreshold: boxThreshold, selection: selection.request, engine: engine.engine)
    if let note = detector.note { Terminal.say("posetrail: \(note)") }
    let job = DetectJob(
      source: URL(filePath: video), reading: input.readerOptions, destination: target, format: format,
      boxes: detector.boxes)
    let progress = report.display(video)
    defer { progress?.clear() }
    let summary = try job.run(interruption: interruption) { progress?.show($0) }
    _ = consume listener
    progress?.clear()
    SummaryText.sayWhatHappened(to: video, warnings: summary.warnings, damage: summary.damage)
    if !report.quiet {
      let end = summary.isInterrupted ? "; interrupted" : ""
      Terminal.say(
        "\(video): \(SummaryText.count(summary.people, "box", "boxes")) in \(SummaryText.count(summary.frames, "frame")) → \(output)\(end)"
      )
    }
    try ExitStatus(
      interrupted: summary.isInterrupted, damage: summary.damage, accepts: input.damage.acceptDamage
    ).throwUnlessDone()
  }
}
