internal import ArgumentParser
private import Foundation
private import Interchange
private import Pipeline

struct LinkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract: "Gives saved poses new identities, without inference.",
    discussion: """
      EXAMPLE
        posetrail link results/clip.posetrack.json -o relinked.posetrack.json --max-gap 60 --people 2
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
    try OutputPlace.check([destination], overwrites: force)
    let job = LinkJob(
      recording: try Recording(poseTrack: URL(filePath: poses)), tracking: tracking.options, people: tracking.people)
    let result = job.run()
    let writer = try PoseTrackWriter(destination, header: result.header)
    for frame in result.frames {
      try writer.append(frame)
    }
    try writer.finish()
  }
}
