internal import ArgumentParser
private import Files
private import Foundation
private import Interchange
private import Pipeline

struct LinkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract: "Gives saved poses new identities, without inference.",
    discussion: """
      EXAMPLES
        posetrail link clip.posetrack.json -o again.posetrack.json --people 2
        posetrail link clip.posetrack.json -o smooth.posetrack.json --smooth
      """)

  @Argument(help: "PoseTrack JSON.")
  var poses: String

  @Option(name: [.short, .long], help: ArgumentHelp("The poses with their new identities.", valueName: "file"))
  var output: String

  @Flag(help: "Replace the output if it exists.")
  var force = false

  @OptionGroup(title: "Identities") var tracking: TrackingOptions

  func run() throws {
    let destination = URL(filePath: output)
    try OutputWork.run(OutputClaim([destination], overwrites: force)) {
      let result = try LinkJob(recording: Recording(poseTrack: URL(filePath: poses)), settings: tracking.settings)
        .run()
      let writer = try PoseTrackWriter(destination, header: result.header)
      for frame in result.frames {
        try writer.append(frame)
      }
      try writer.finish()
    }
  }
}
