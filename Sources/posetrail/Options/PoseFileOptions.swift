internal import ArgumentParser
internal import Interchange
private import Pipeline
private import Pose

extension RecordingFormat: ExpressibleByArgument {
  public init?(argument: String) {
    guard let found = Self.named(argument) else { return nil }
    self = found
  }

  public static var allValueStrings: [String] { all.map(\.name) }

  /// All with what they are and can be used for.
  static var help: String {
    HelpTable.text(
      all.map { format in
        let uses = [format.canBeRead ? "read" : nil, format.canBeWritten ? "written" : nil].compactMap(\.self)
        let ending = format.suffixes.isEmpty ? "" : "; " + format.suffixes.joined(separator: ", ")
        return (format.name, format.summary, uses.joined(separator: " and ") + ending)
      })
  }
}

/// How a file of poses or boxes is read.
struct PoseFileOptions: ParsableArguments {
  @Option(help: "The format of the poses, where neither name nor content tells.")
  var from: RecordingFormat?

  @Option(help: "The keypoint set of a COCO file: coco17, wholebody133 and others.")
  var keypointSet = "coco17"

  /// The poses of a file, or of standard input for `-`.
  func open(_ path: String) throws -> RecordingReader {
    let skeleton = try Skeleton.required(keypointSet, by: "--keypoint-set")
    return try RecordingFormat.open(path, as: from, ReadingOptions(skeleton: skeleton))
  }
}
