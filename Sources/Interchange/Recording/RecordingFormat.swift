internal import Files

/// A format of files of poses or boxes: what it is called, how its files are told, and what can be done with them.
package struct RecordingFormat: Sendable {
  /// What recordings hold, and a format may have no place for.
  package enum Content: String, CaseIterable, Sendable {
    case boxes
    case keypoints
    case identities
    case names = "the names of people"
    case times
    case framesWithoutPeople = "frames without people"
    case personScores = "the scores of people"
    case keypointScores = "the scores of keypoints"
    case appearance = "the colours of clothes"
    case provenance = "where they come from"
  }

  /// How files of a format are read.
  enum Reader: Sendable {
    case text(@Sendable (InputText, _ name: String, ReadingOptions) throws(FileError) -> RecordingReader)
    case folder(@Sendable (InputFolder, _ name: String, ReadingOptions) throws(FileError) -> RecordingReader)
  }

  typealias Writer =
    @Sendable (OutputTarget, RecordingHeader, WritingOptions) throws(FileError) -> any RecordingWriter

  /// A folder with a file a frame. Files are known by their paths in it.
  struct Folder: Sendable {
    /// Whether a file may be replaced together with the folder.
    var isOwn: @Sendable (String) -> Bool
    /// Whether a file shows that a folder is of this format.
    var isPart: @Sendable (String) -> Bool
  }

  /// As it is named on the command line.
  package let name: String
  /// What it is, in a few words.
  package let summary: String
  /// How the names of its files end.
  package var suffixes: [String] = []
  /// How its files are named that go by a video, where no suffix tells the format.
  var ownEnding: String?
  /// Whether its files are of one person.
  package var holdsOnePerson = false
  /// Whether its files name the pictures as `RecordingHeader.pictureName(_:)` does.
  package var namesPictures = false
  /// nil where it is one file.
  var folder: Folder?
  /// The library that it needs and this program was built without.
  package var missing: String?
  /// What it has no place for.
  package let lacks: Set<Content>
  /// Whether a file is of this format, by how it begins; nil where that never tells.
  var recognises: (@Sendable (TextStart) -> Bool)?
  /// nil where files of this format can't be read.
  var reader: Reader?
  /// Reads the boxes only, where that needs another way than the reader.
  var boxes: (@Sendable (InputText) throws(FileError) -> BoxList)?
  /// nil where it can't be written.
  var writer: Writer?

  package var canBeRead: Bool { reader != nil && missing == nil }
  package var canBeWritten: Bool { writer != nil && missing == nil }
  package var isFolder: Bool { folder != nil }
  /// How the name of a file or folder of this format ends that goes by that of its video.
  package var ending: String { ownEnding ?? suffixes.first ?? ".\(name)" }
}

extension RecordingFormat {
  /// All there are, in the order in which files are tried. A new one is added here, and nowhere else.
  package static let all: [RecordingFormat] = [
    .poseTrack, .poseTrack21, .poseval, .jsonLines, .cocoDataset, .mmpose, .alphaPose, .ultralytics, .coco, .csv,
    .csvWide, .deepLabCut, .sleap, .sleapAnalysis, .via, .mot, .openPose, .openPoseCOCO, .yolo, .cvat, .trc, .motion,
    .movement, .movementClassic,
  ]

  package static func named(_ name: String) -> RecordingFormat? { all.first { $0.name == name } }

  var cannotBeRead: FileError {
    unavailable
      ?? FileError(
        .unknownFormat, problem: "\(name) can be written, not read",
        remedy: "give one of \(Self.names { $0.canBeRead })")
  }

  func cannotBeWritten(_ target: OutputTarget) -> FileError {
    (unavailable
      ?? FileError(
        .unknownFormat, problem: "\(name) can be read, not written",
        remedy: "write one of \(Self.names { $0.canBeWritten })")).in(target.name)
  }

  private var unavailable: FileError? {
    missing.map { library in
      FileError(
        .unknownFormat, problem: "\(name) needs \(library), which this program was built without",
        remedy: "build it with the package trait \(library), or use another format")
    }
  }

  /// Those whose files boxes can be taken from.
  package static var boxFormats: String { names { $0.canBeRead && !$0.lacks.contains(.boxes) } }

  static func names(where isWanted: (RecordingFormat) -> Bool) -> String {
    all.filter(isWanted).map(\.name).joined(separator: ", ")
  }
}

/// The beginning of a text, by which formats are told from each other.
struct TextStart {
  let text: String

  init(_ file: InputText) throws(FileError) {
    text = try file.start(1 << 16)
  }

  /// The first character that is not blank.
  var first: Character? { text.first { !$0.isWhitespace } }

  /// Of a table with commas, without the line's end.
  var firstLine: String { text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "" }

  func mentions(anyOf keys: [String]) -> Bool { keys.contains { text.contains("\"\($0)\"") } }
}
