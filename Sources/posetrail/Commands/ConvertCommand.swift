public import ArgumentParser
private import Files
private import Foundation
public import Interchange
private import Pipeline
private import Pose

extension RecordingFormat: ExpressibleByArgument {}

struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Converts poses between file formats.",
    discussion: """
      Reads PoseTrack 2018 and 2017 JSON, COCO results and annotations, and MOT text; writes PoseTrack 2018, COCO results, \
      MOT, CSV (.csv, one line a keypoint) and OpenPose (a folder with a file a frame). The formats follow from the names.

      EXAMPLES
        posetrail convert clip.posetrack.json clip.csv
        posetrail convert clip.posetrack.json clip.coco.json
        posetrail convert clip.posetrack.json openpose/
        posetrail convert results.json clip.csv --keypoint-set wholebody133
        posetrail convert clip.posetrack.json a.json --keypoint-threshold 0.4
      """)

  @Argument(help: "The file to read.")
  var input: String

  @Argument(help: "The file or, for OpenPose, the folder to write.")
  var output: String

  @Option(help: "The format of the input, where its name does not tell.")
  var from: RecordingFormat?

  @Option(help: "The format of the output, where its name does not tell.")
  var to: RecordingFormat?

  @Option(help: "The keypoint set of a COCO file: coco17, wholebody133 and others.")
  var keypointSet = "coco17"

  @Option(help: "Leave out keypoints that score less, as MOTA of joints needs it.")
  var keypointThreshold = 0.0

  @Flag(help: "Replace the output if it exists.")
  var force = false

  func run() throws {
    let (source, destination) = (URL(filePath: input), URL(filePath: output))
    let format = try to ?? .detect(destination)
    let skeleton = try Skeleton.required(keypointSet, by: "--keypoint-set")
    try OutputWork.run(format.claim(destination, overwrites: force)) {
      try read(source, skeleton).withoutKeypoints(below: keypointThreshold)
        .write(to: destination, format: format, overwrites: force)
    }
  }

  private func read(_ source: URL, _ skeleton: Skeleton) throws -> Recording {
    do {
      return try Recording(source, format: try from ?? .detect(source), skeleton: skeleton)
    } catch var error as FileError where from == nil && [.malformed, .invalid].contains(error.code) {
      error.remedy += ", or name the right format with --from"
      throw error
    }
  }
}
