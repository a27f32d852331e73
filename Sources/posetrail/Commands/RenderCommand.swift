internal import ArgumentParser
private import Files
private import Foundation
private import Interchange
private import Pipeline
internal import Timing
internal import Video

struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Draws saved poses on their video again, without inference.",
    discussion: """
      EXAMPLES
        posetrail render clip.mp4 clip.posetrack.json -o out.mp4 --blur-faces
        posetrail render clip.mp4 clip.posetrack.json -o out.mp4 --blur-except 3

      \(ShowingOptions.hiding)
      """)

  @Argument(help: "The video that the poses were made from.")
  var video: String

  @Argument(help: "The poses.")
  var poses: String

  @Option(name: [.short, .long], help: ArgumentHelp("The annotated video.", valueName: "file"))
  var output: String

  @Flag(help: "Replace the output if it exists.")
  var force = false

  @OptionGroup var report: ReportOptions

  @Option(help: ArgumentHelp("Index of the video stream (default: the best one).", valueName: "index"))
  var stream: Int?

  @Option(help: ArgumentHelp("Frame rate of a directory of images.", valueName: "rate"))
  var frameRate: Double = 25

  @Option(help: "Take the two moments of interlaced pictures apart, as when the poses were made.")
  var deinterlace: Deinterlacing = .auto

  @OptionGroup var damage: DamageOptions
  @OptionGroup var file: PoseFileOptions
  @OptionGroup(title: "People") var people: ShowingOptions
  @OptionGroup(title: "Drawing") var drawing: DrawingOptions
  @OptionGroup(title: "Encoding") var encoding: EncodingOptions

  func run() throws {
    let destination = URL(filePath: output)
    let interruption = Interruption()
    let listener = interruption.listen()
    let claim = try OutputClaim([destination], overwrites: force)
    defer { claim.release() }
    var reading = VideoReaderOptions()
    reading.stream = stream
    reading.imageFrameRate = Rational(frameRate: frameRate)
    reading.deinterlacing = deinterlace
    let reader = try file.open(poses)
    let job = RenderJob(
      source: URL(filePath: video), poses: reader, destination: destination,
      overlay: encoding.overlaySettings(drawing), showing: try people.showing(reader.header.names), reading: reading)
    let progress = report.display(output)
    defer { progress?.clear() }
    let summary = try job.run(interruption: interruption, overwrites: force) { progress?.show($0) }
    _ = consume listener
    progress?.clear()
    SummaryText.sayWhatHappened(to: video, warnings: summary.warnings, damage: summary.damage)
    if !report.quiet {
      let end = summary.isInterrupted ? "; interrupted" : ""
      Terminal.say("\(video): \(SummaryText.count(summary.frames, "frame")) → \(output)\(end)")
    }
    try ExitStatus(
      interrupted: summary.isInterrupted, damage: summary.damage, accepts: damage.acceptDamage
    ).throwUnlessDone()
  }
}
