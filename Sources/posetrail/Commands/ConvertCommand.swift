internal import ArgumentParser
private import Files
internal import Interchange
private import Pipeline

struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Converts poses and boxes between file formats.",
    discussion: """
      FORMATS
      \(RecordingFormat.help)

      The format of the output follows from its name; .json is PoseTrack, a folder OpenPose. That of the input follows from \
      its name or content.

      EXAMPLES
        posetrail convert clip.posetrack.json clip.csv
        posetrail convert clip.posetrack.json clip.coco.json
        posetrail convert clip.posetrack.json openpose/
        posetrail convert results.json clip.csv --keypoint-set wholebody133
        posetrail convert clip.posetrack.json a.json --keypoint-threshold 0.4
      """)

  @Argument(help: "The file to read, or - for standard input.")
  var input: String

  @Argument(help: "The file or, for OpenPose, the folder to write, or - for standard output.")
  var output: String

  @OptionGroup var poses: PoseFileOptions

  @Option(help: "The format of the output, where its name does not tell.")
  var to: RecordingFormat?

  @Option(help: "Leave out keypoints that score less, as MOTA of joints needs it.")
  var keypointThreshold = 0.0

  @Flag(help: "Replace the output if it exists.")
  var force = false

  func validate() throws {
    if !(0...1).contains(keypointThreshold) { throw ValidationError("--keypoint-threshold must lie in 0…1.") }
  }

  func run() throws {
    let target = OutputTarget(output, overwrites: force)
    let format = try to ?? .writing(target)
    try OutputWork.run(format.claim(target)) {
      let reader = try poses.open(input)
      let lost = try ConvertJob(reader, keypointThreshold: keypointThreshold).run(to: target, format)
      for note in reader.notes { Terminal.say("posetrail: \(input): \(note)") }
      if !lost.isEmpty {
        Terminal.say("posetrail: \(target.name): \(format.name) has no place for \(lost.joined(separator: ", "))")
      }
    }
  }
}
