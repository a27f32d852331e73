internal import ArgumentParser
package import Video

extension Deinterlacing: ExpressibleByArgument {}

struct InputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Start at this time of the video, in seconds or as h:mm:ss.", valueName: "time"))
  var start: Seconds?

  @Option(help: ArgumentHelp("Stop before this time of the video.", valueName: "time"))
  var end: Seconds?

  @Option(help: ArgumentHelp("Stop after this many frames.", valueName: "count"))
  var maxFrames: Int?

  @Option(help: ArgumentHelp("Take every n-th frame.", valueName: "n"))
  var stride: Int = 1

  @Option(help: ArgumentHelp("Index of the video stream (default: the best one).", valueName: "index"))
  var stream: Int?

  @Option(help: ArgumentHelp("Frame rate of a directory of images.", valueName: "rate"))
  var frameRate: Double = 25

  @Option(help: "Take the two moments of interlaced pictures apart: of those marked so, of all, or of none.")
  var deinterlace: Deinterlacing = .auto

  @OptionGroup var damage: DamageOptions

  func validate() throws {
    if let end, end.value <= start?.value ?? 0 { throw ValidationError("--end must lie after --start.") }
    if let maxFrames, maxFrames < 1 { throw ValidationError("--max-frames must be at least 1.") }
    if stride < 1 || stride > 1_000_000_000 { throw ValidationError("--stride must be 1 to 1000000000.") }
    if !frameRate.isFinite || frameRate <= 0 || frameRate > 1000 {
      throw ValidationError("--frame-rate must lie between 0 and 1000.")
    }
  }
}
