internal import ArgumentParser
package import Overlay

extension OverlayOptions.Colouring: ExpressibleByArgument {}

struct DrawingOptions: ParsableArguments {
  @Option(name: .customLong("color-by"), help: "Colour skeletons by the side of the limb, or by identity.")
  var colourBy: OverlayOptions.Colouring = .limb

  @Option(help: ArgumentHelp("Draw the way of each person over this many frames.", valueName: "frames"))
  var trails: Int = 0

  @Flag(help: "Make faces unrecognisable.")
  var blurFaces = false

  @Option(help: ArgumentHelp("Draw keypoints with at least this score.", valueName: "score"))
  var keypointThreshold: Double = 0.3

  @Flag(inversion: .prefixedNo, help: "Draw boxes with the number of the person.")
  var drawBoxes = true

  func validate() throws {
    if trails < 0 { throw ValidationError("--trails must be 0 or more frames.") }
    if !(0...1).contains(keypointThreshold) { throw ValidationError("--keypoint-threshold must lie in 0…1.") }
  }
}

struct EncodingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("FFmpeg's name of the video encoder.", valueName: "name"))
  var encoder: String = "libx264"

  @Option(
    help: ArgumentHelp(
      "Constant quality: lower is better and larger (default: 23 for libx264, the encoder's usual one for others).",
      valueName: "value"))
  var crf: Double?

  @Option(
    help: ArgumentHelp(
      "The encoder's trade of speed for size (default: ultrafast for libx264, a quick one for others).",
      valueName: "name"))
  var preset: String?
}
