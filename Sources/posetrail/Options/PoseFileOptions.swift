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

  /// All with what they are, can be used for and have no place for.
  static var help: String {
    HelpTable.text(
      all.map { format in
        let uses = [
          format.missing.map { "needs \($0), which this program was built without" }, format.canBeRead ? "read" : nil,
          format.canBeWritten ? "written" : nil,
        ].compactMap(\.self)
        let ending = format.suffixes.isEmpty ? "" : "; " + format.suffixes.joined(separator: ", ")
        let lacks = Content.allCases.filter(format.lacks.contains).map(\.rawValue)
        let missing = lacks.isEmpty ? "" : "; without " + lacks.joined(separator: ", ")
        return (format.name, format.summary, uses.joined(separator: " and ") + ending + missing)
      })
  }
}

extension PictureSize: ExpressibleByArgument {
  /// `1920x1080`
  public init?(argument: String) {
    let parts = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let width = parts[0], let height = parts[1], (1...65_536).contains(width),
      (1...65_536).contains(height)
    else { return nil }
    self.init(width: width, height: height)
  }
}

/// How a file of poses or boxes is read.
struct PoseFileOptions: ParsableArguments {
  @Option(help: "The format of the poses, where neither name nor content tells.")
  var from: RecordingFormat?

  @Option(
    help: "The keypoint set, where the file does not name its keypoints: coco17 (the default), wholebody133 and others."
  )
  var keypointSet: String?

  @Option(help: ArgumentHelp("The size of the pictures, where a format needs it: 1920x1080.", valueName: "size"))
  var size: PictureSize?

  @Option(
    help: ArgumentHelp("The length of a pixel, for formats in metres.", valueName: "metres"))
  var metresPerPixel: Double?

  func validate() throws {
    if let metresPerPixel, !(metresPerPixel > 0 && metresPerPixel < 1e6) {
      throw ValidationError("--metres-per-pixel must lie above 0.")
    }
  }

  /// The poses of a file or folder, or of standard input for `-`.
  func open(_ path: String) throws -> RecordingReader {
    let skeleton = try keypointSet.map { try Skeleton.required($0, by: "--keypoint-set") }
    return try RecordingFormat.open(
      path, as: from, ReadingOptions(keypointSet: skeleton, size: size, metresPerPixel: metresPerPixel))
  }
}
