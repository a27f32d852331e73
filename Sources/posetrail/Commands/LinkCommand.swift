internal import ArgumentParser
private import Files
private import Foundation
internal import Interchange
internal import Pipeline
private import Timing

struct LinkCommand: FileCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract: "Gives saved poses or boxes new identities, without inference.",
    discussion: """
      Boxes without keypoints, such as those of `detect` or MOT text, are followed by their overlap.

      EXAMPLES
        posetrail link clip.posetrack.json -o again.posetrack.json --people 2
        posetrail link clip.posetrack.json -o smooth.posetrack.json --smooth
        posetrail link boxes.txt -o tracks.txt --frame-rate 30
        posetrail link a.posetrack.json -o b.csv --smooth butterworth:cutoff=8
        posetrail link a.posetrack.json -o b.posetrack.json --edits a.edits.json

      \(SignalOptions.methods)
      """)

  @Argument(help: "The poses or boxes.")
  var poses: String

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The poses with their new identities, in the format that the name tells.", valueName: "file"))
  var output: String

  @Option(help: "The format of the output, where its name does not tell.")
  var to: RecordingFormat?

  @Option(
    help: ArgumentHelp("Frames a second, where the file has no times (default: 25).", valueName: "rate"))
  var frameRate: Double?

  @Flag(help: "Replace the output if it exists.")
  var force = false

  @Flag(help: "No summary.")
  var quiet = false

  @Option(
    help: ArgumentHelp(
      "Link the poses again under these edits, which `posetrail tracks` has written; with --online nothing else changes.",
      valueName: "file"),
    completion: .file(extensions: ["json"]))
  var edits: String?

  @OptionGroup var file: PoseFileOptions
  @OptionGroup(title: "Identities") var tracking: TrackingOptions
  @OptionGroup(title: "Choice") var choice: ChoiceOptions
  @OptionGroup(title: "Signals") var signals: SignalOptions

  func validate() throws {
    if let frameRate, !(0.001...1000).contains(frameRate) {
      throw ValidationError("--frame-rate must lie between 0.001 and 1000.")
    }
  }

  func run() throws {
    let target = OutputTarget(output, overwrites: force)
    let format = try to ?? .writing(target)
    try OutputWork.run(format.claim(target)) {
      let reader = try file.open(poses)
      var settings = signals.adding(to: tracking.settings)
      settings.choice = choice.choice
      let job = try LinkJob(
        reader, settings: settings, frameRate: Rational(frameRate: frameRate ?? 25),
        edits: edits.map { try EditFile(URL(filePath: $0)) })
      if edits == nil, !reader.header.names.isEmpty {
        Terminal.say("posetrail: \(poses): the names belong to its old identities and are left out; edits keep them")
      }
      if !job.header.names.isEmpty, format.lacks.contains(.names) {
        Terminal.say(
          "posetrail: \(target.name): \(format.name) has no place for \(RecordingFormat.Content.names.rawValue)")
      }
      let options = WritingOptions(
        size: file.size, frameRate: Rational(frameRate: frameRate ?? 25), metresPerPixel: file.metresPerPixel)
      let summary = try job.run(into: format.write(target, job.header, reader.contents, options))
      for note in reader.notes { Terminal.say("posetrail: \(poses): \(note)") }
      report(summary, reader.contents)
    }
  }

  private func report(_ summary: LinkJob.Summary, _ contents: RecordingReader.Contents) {
    if summary.timeless > 0, frameRate == nil {
      Terminal.say("posetrail: \(poses): has no times; 25 frames a second are taken, say otherwise with --frame-rate")
    } else if summary.timeless == 0, frameRate != nil {
      Terminal.say("posetrail: \(poses): has times of its own, so --frame-rate is not used")
    }
    if summary.unmet > 0 {
      Terminal.say(
        "posetrail: \(poses): \(SummaryText.count(summary.unmet, "edit")) could not be met: nobody is there, or in two places "
          + "at one time")
    }
    if summary.found > 0, summary.linked == 0 {
      Terminal.say("posetrail: \(poses): nobody is followed; lower --min-score or --min-keypoints if there are people")
    }
    SummaryText.sayUntouched(summary.signals, in: poses)
    if !quiet {
      let what = contents.hasKeypoints ? "poses" : "boxes"
      Terminal.say(
        "\(poses): \(SummaryText.count(summary.frames, "frame")), \(summary.linked) of \(summary.found) \(what), "
          + "\(SummaryText.count(summary.people, "person", "people"))"
          + (summary.filled > 0 ? ", \(summary.filled) filled into gaps" : "") + " → \(output)"
      )
      if let sides = SummaryText.sides(summary.signals) { Terminal.say("  \(sides)") }
    }
  }
}
