package import Files
internal import Foundation

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
    case appearance = "the colours of clothes"
    case provenance = "where they come from"
  }

  /// As it is named on the command line.
  package let name: String
  /// What it is, in a few words.
  package let summary: String
  /// How the names of its files end.
  package let suffixes: [String]
  /// Whether it is a folder with a file a frame.
  package let isFolder: Bool
  /// What it has no place for.
  package let lacks: Set<Content>
  /// Whether a file is of this format, by how it begins; nil where that never tells.
  let recognises: (@Sendable (TextStart) -> Bool)?
  /// nil where files of this format can't be read.
  let reader: (@Sendable (InputText, _ name: String, ReadingOptions) throws(FileError) -> RecordingReader)?
  /// Reads the boxes only; nil where there are none.
  let boxes: (@Sendable (InputText) throws(FileError) -> BoxList)?
  /// nil where it can't be written.
  let writer: (@Sendable (OutputTarget, RecordingHeader) throws(FileError) -> any RecordingWriter)?

  package var canBeRead: Bool { reader != nil }
  package var canBeWritten: Bool { writer != nil }
}

extension RecordingFormat {
  /// All there are, in the order in which files are tried. A new one is added here, and nowhere else.
  package static let all: [RecordingFormat] = [.poseTrack, .jsonLines, .coco, .mot, .csv, .openPose]

  package static func named(_ name: String) -> RecordingFormat? { all.first { $0.name == name } }

  var cannotBeRead: FileError {
    FileError(
      .unknownFormat, problem: "\(name) can be written, not read",
      remedy: "give one of \(Self.names { $0.canBeRead })")
  }

  /// Those whose files boxes can be taken from.
  package static var boxFormats: String { names { $0.boxes != nil } }

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

  func mentions(anyOf keys: [String]) -> Bool { keys.contains { text.contains("\"\($0)\"") } }
}

extension RecordingFormat {
  /// The format of a file that is read: told by what its name ends with if that stands for one format only, else by how it
  /// begins.
  static func reading(_ file: InputText, named name: String) throws(FileError) -> RecordingFormat {
    let name = name.lowercased()
    if let format = all.first(where: { $0.suffixes.contains { name.hasSuffix($0) } }) { return format }
    let start = try TextStart(file)
    if let format = all.first(where: { $0.recognises?(start) == true }) { return format }
    throw FileError(
      .unknownFormat, file: file.name,
      problem: start.first == nil ? "is empty" : "neither the name nor the content tells a format",
      remedy: "give a file in one of \(names { $0.canBeRead })")
  }

  /// The format of an output, by its name.
  ///
  /// - Parameter json: What a name stands for that ends in `.json` and says no more, and standard output; nil where poses go
  ///   into PoseTrack files, and standard output into what is asked for.
  package static func writing(_ target: OutputTarget, json: RecordingFormat? = nil) throws(FileError) -> RecordingFormat
  {
    switch (target, json) {
    case (.place(let url, _), _): return try writing(url, json: json ?? .poseTrack)
    case (.standardOutput, let json?): return json
    case (.standardOutput, nil):
      throw FileError(
        .unknownFormat, file: target.name, problem: "has no name that tells a format", remedy: "name one with --to")
    }
  }

  /// Keeps the place of an output of this format for one run; nil where it has none.
  package func claim(_ target: OutputTarget) throws(FileError) -> OutputClaim? {
    guard case .place(let url, let overwrites) = target else { return nil }
    guard isFolder else { return try OutputClaim([url], overwrites: overwrites) }
    return try OutputClaim(folder: url, overwrites: overwrites, replacing: OpenPoseWriter.isOwn)
  }

  private static func writing(_ url: URL, json: RecordingFormat) throws(FileError) -> RecordingFormat {
    let name = url.lastPathComponent.lowercased()
    if let format = all.first(where: { $0.suffixes.contains { name.hasSuffix($0) } }) { return format }
    if name.hasSuffix(".json") { return json }
    if url.hasDirectoryPath || url.pathExtension.isEmpty, let folder = all.first(where: \.isFolder) { return folder }
    throw FileError(
      .unknownFormat, url, "the name tells no format",
      remedy: "let it end in \(all.flatMap(\.suffixes).joined(separator: ", ")) or .json")
  }
}

extension RecordingFormat {
  /// Opens a file of poses or boxes, in this format or the one that it is told to have; `-` is standard input.
  package static func open(
    _ path: String, as format: RecordingFormat?, _ options: ReadingOptions = ReadingOptions()
  ) throws(FileError) -> RecordingReader {
    let url = URL(filePath: path)
    let file = path == "-" ? try InputText.standardInput() : try InputText(url)
    do throws(FileError) {
      let found = if let format { format } else { try reading(file, named: path == "-" ? "" : url.lastPathComponent) }
      guard let reader = found.reader else { throw found.cannotBeRead }
      return try reader(file, path == "-" ? "poses" : Self.videoName(url), options)
    } catch {
      var error = error.in(file.name)
      if format == nil { error.remedy += ", or name its format with --from" }
      throw error
    }
  }

  /// The name without the endings of formats.
  private static func videoName(_ url: URL) -> String {
    let name = url.lastPathComponent
    let suffix = all.flatMap(\.suffixes).filter { name.lowercased().hasSuffix($0) }.max { $0.count < $1.count }
    return suffix.map { String(name.dropLast($0.count)) } ?? FrameLabel.stem(name)
  }

  /// A writer of this format.
  ///
  /// - Parameter contents: What is to be written; refused where the format has no place for any of it.
  package func write(
    _ target: OutputTarget, _ header: RecordingHeader, _ contents: RecordingReader.Contents
  ) throws(FileError) -> any RecordingWriter {
    guard let writer else {
      throw FileError(
        .unknownFormat, file: target.name, problem: "\(name) can be read, not written",
        remedy: "write one of \(Self.names { $0.canBeWritten })")
    }
    guard contents.hasKeypoints || !contents.hasPeople || !lacks.contains(.boxes) else {
      throw FileError(
        .invalid, file: target.name, problem: "\(name) has no place for boxes without keypoints",
        remedy: "write one of \(Self.names { $0.canBeWritten && !$0.lacks.contains(.boxes) })")
    }
    return try writer(target, header)
  }
}
