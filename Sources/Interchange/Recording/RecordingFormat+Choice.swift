package import Files
internal import Foundation

extension RecordingFormat {
  /// The format of a file that is read: told by what its name ends with if that stands for one format only, else by how it
  /// begins.
  static func reading(_ file: InputText, named name: String) throws(FileError) -> RecordingFormat {
    let named = named(like: name)
    if let format = named.first, named.count == 1 { return format }
    let start = try TextStart(file)
    if let format = (named + all).first(where: { $0.recognises?(start) == true }) { return format }
    throw FileError(
      .unknownFormat, file: file.name,
      problem: start.first == nil ? "is empty" : "neither the name nor the content tells a format",
      remedy: "give a file in one of \(names { $0.canBeRead })")
  }

  /// The format of a folder that is read, by the names of the files in it.
  static func reading(_ folder: InputFolder) throws(FileError) -> RecordingFormat {
    let isOfFormat = { (format: RecordingFormat) in
      format.canBeRead && folder.files.contains { format.folder?.isPart($0) == true }
    }
    if let format = all.first(where: isOfFormat) { return format }
    throw FileError(
      .unknownFormat, file: folder.name, problem: "is a folder without files of any format",
      remedy: "give one of \(names { $0.isFolder && $0.canBeRead })")
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

  private static func writing(_ url: URL, json: RecordingFormat) throws(FileError) -> RecordingFormat {
    let name = url.lastPathComponent
    let named = named(like: name)
    if let format = named.first(where: \.canBeWritten) ?? named.first(where: { $0.missing != nil }) { return format }
    if name.lowercased().hasSuffix(".json") { return json }
    if url.hasDirectoryPath || url.pathExtension.isEmpty, let folder = all.first(where: \.isFolder) { return folder }
    let suffixes = Set(all.flatMap(\.suffixes) + [".json"]).sorted()
    throw FileError(
      .unknownFormat, url, "the name tells no format",
      remedy: "let it end in \(suffixes.joined(separator: ", ")), or name a format with --to")
  }

  /// Those with the longest suffix that the name ends with; none where it ends with none.
  private static func named(like name: String) -> [RecordingFormat] {
    guard let suffix = suffix(of: name) else { return [] }
    return all.filter { $0.suffixes.contains(suffix) }
  }

  static func suffix(of name: String) -> String? {
    let name = name.lowercased()
    return all.flatMap(\.suffixes).filter { name.hasSuffix($0) }.max { $0.count < $1.count }
  }
}
