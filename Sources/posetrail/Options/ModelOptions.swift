internal import ArgumentParser
package import Detection
private import Interchange

extension FrameNumbering: ExpressibleByArgument {}

struct PoseModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Pose network: an .onnx file, a model description, or a name from `posetrail models list` (default: the embedded one).",
      valueName: "model"), completion: .modelsAndFiles)
  var model: String?

  @Flag(help: "Estimate every person in the mirror too and average: slower, a little more accurate.")
  var flipTest = false

  @Option(
    help: ArgumentHelp(
      "People that go through the network together; bottom-up models take one frame at a time.", valueName: "count"))
  var batch: Int = 8

  func validate() throws {
    if batch < 1 || batch > 256 { throw ValidationError("--batch must be 1 to 256.") }
  }
}

struct BoxOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Person detector: an .onnx file, a model description, a .cfg file of Darknet, or a name from `posetrail models list` (default: the embedded one).",
      valueName: "model"),
    completion: .modelsAndFiles)
  var detector: String?

  @Option(
    help: ArgumentHelp(
      "Take the boxes from a file instead: \(RecordingFormat.boxFormats).", valueName: "file"),
    completion: .file(extensions: ["json", "txt"]))
  var boxes: String?

  @Option(
    help: ArgumentHelp(
      "What the numbers of images in that file are: frames counted from 0 or from 1, or the numbers in the images' names "
        + "(default: what the file itself tells).", valueName: "0|1|names"))
  var boxNumbers: FrameNumbering?

  @Flag(help: "Take the whole frame as one person's box instead.")
  var wholeFrame = false

  @Option(
    help: ArgumentHelp(
      "Detect in every n-th frame only; in between, boxes follow the tracked poses.", valueName: "n"))
  var detectEvery: Int = 1

  @Option(help: ArgumentHelp("Keep boxes with at least this score (default: the model's own).", valueName: "score"))
  var boxThreshold: Double?

  @OptionGroup var selection: SelectionOptions

  func validate() throws {
    if selection.tiles != nil, boxes != nil || wholeFrame {
      throw ValidationError("--tiles goes with a detector, not with --boxes or --whole-frame.")
    }
    if wholeFrame, selection.request != SelectionOptions.nothing {
      throw ValidationError(
        "--region, --ignore and --min-height go with a detector or --boxes, not with --whole-frame.")
    }
    if boxes != nil && wholeFrame || (boxes != nil || wholeFrame) && detector != nil {
      throw ValidationError("Choose one of --detector, --boxes and --whole-frame.")
    }
    if boxNumbers != nil && boxes == nil { throw ValidationError("--box-numbers goes with --boxes.") }
    if detectEvery < 1 { throw ValidationError("--detect-every must be at least 1.") }
    if detectEvery > 1 && (boxes != nil || wholeFrame) {
      throw ValidationError("--detect-every goes with a detector, not with --boxes or --whole-frame.")
    }
    if let boxThreshold, boxes == nil ? !(0...1).contains(boxThreshold) : !boxThreshold.isFinite {
      throw ValidationError("--box-threshold must lie in 0…1, or, with --boxes, on the scale of that file's scores.")
    }
  }
}
