internal import ArgumentParser
private import Files
private import Foundation
internal import Interchange
private import Pipeline
private import Timing

struct ConvertCommand: FileCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Converts poses and boxes between file formats.",
    discussion: """
      FORMATS
      \(RecordingFormat.help)

      The format of the output follows from its name; .json is PoseTrack, .csv is csv, a folder openpose. That of the input \
      follows from its name or content. Keypoints that a format has and the poses don't are left empty, but neck and middle of \
      the hips, which are the middles of shoulders and hips; it is said.

      EXAMPLES
        posetrail convert clip.posetrack.json clip.csv
        posetrail convert clip.posetrack.json clip.coco.json
        posetrail convert clip.posetrack.json openpose/
        posetrail convert clip.posetrack.json labels/ --to yolo --with-images clip.mp4
        posetrail convert results.json clip.csv --keypoint-set wholebody133
        posetrail convert clip.posetrack.json a.json --keypoint-threshold 0.4
      """)

  @Argument(help: "The file to read, or - for standard input.")
  var input: String

  @Argument(help: "The file or, for formats of folders, the folder to write, or - for standard output.")
  var output: String

  @OptionGroup var poses: PoseFileOptions

  @Option(help: "The format of the output, where its name does not tell.")
  var to: RecordingFormat?

  @Option(help: "Leave out keypoints that score less, as MOTA of joints needs it.")
  var keypointThreshold = 0.0

  @Option(help: ArgumentHelp("Take one person alone, by track.", valueName: "track"))
  var person: Int?

  @Option(help: ArgumentHelp("Frames a second, for formats that need it where poses have no times.", valueName: "rate"))
  var frameRate: Double?

  @Option(
    help: ArgumentHelp(
      "Extract the frames of this video, too: as images/NAME/000000.jpg, which data sets name, beside the file or in the folder.",
      valueName: "video"))
  var withImages: String?

  @Flag(help: "Replace the output if it exists.")
  var force = false

  func validate() throws {
    if !(0...1).contains(keypointThreshold) { throw ValidationError("--keypoint-threshold must lie in 0…1.") }
    if let frameRate, !(0.001...1000).contains(frameRate) {
      throw ValidationError("--frame-rate must lie between 0.001 and 1000.")
    }
  }

  func run() throws {
    let target = OutputTarget(output, overwrites: force)
    let format = try to ?? .writing(target)
    if withImages != nil, !format.namesPictures || target == .standardOutput {
      throw ValidationError(
        "--with-images goes with files of \(RecordingFormat.all.filter(\.namesPictures).map(\.name).joined(separator: ", "))."
      )
    }
    try OutputWork.run(format.claim(target)) {
      let reader = try poses.open(input)
      let job = ConvertJob(reader, keypointThreshold: keypointThreshold, person: person)
      let options = WritingOptions(
        size: poses.size, frameRate: frameRate.map(Rational.init(frameRate:)), metresPerPixel: poses.metresPerPixel)
      let notes = try job.run(to: target, format, options)
      if let withImages { try extract(withImages, reader, to: target, format) }
      for note in reader.notes { Terminal.say("posetrail: \(input): \(note)") }
      for note in notes { Terminal.say("posetrail: \(target.name): \(note)") }
    }
  }

  /// The pictures beside the output, or in it where that is a folder.
  private func extract(
    _ video: String, _ poses: RecordingReader, to target: OutputTarget, _ format: RecordingFormat
  ) throws {
    guard case .place(let url, _) = target else { return }
    let folder = format.isFolder ? url : url.deletingLastPathComponent()
    let count = try FrameImagesJob(URL(filePath: video), of: poses, into: folder).run(overwrites: force)
    Terminal.say("posetrail: \(SummaryText.count(count, "picture")) → \(folder.appending(path: "images").relativePath)")
  }
}
