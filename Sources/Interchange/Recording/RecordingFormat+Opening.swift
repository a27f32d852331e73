package import Files
internal import Foundation

extension RecordingFormat {
  /// Opens a file or folder of poses or boxes, in this format or the one that it is told to have; `-` is standard input.
  package static func open(
    _ path: String, as format: RecordingFormat?, _ options: ReadingOptions = ReadingOptions()
  ) throws(FileError) -> RecordingReader {
    let url = URL(filePath: path)
    if path != "-", let folder = try InputFolder(url) { return try open(folder, url, format, options) }
    let file = path == "-" ? try InputText.standardInput() : try InputText(url)
    do throws(FileError) {
      let found = if let format { format } else { try reading(file, named: path == "-" ? "" : url.lastPathComponent) }
      if found.missing != nil { throw found.cannotBeRead }
      switch found.reader {
      case .text(let read): return try read(file, path == "-" ? "poses" : Self.videoName(url), options)
      case .folder:
        throw FileError(
          .invalid, problem: "is a file, and \(found.name) is a folder of files", remedy: "name the folder")
      case nil: throw found.cannotBeRead
      }
    } catch {
      var error = error.in(file.name)
      if format == nil { error.remedy += ", or name its format with --from" }
      throw error
    }
  }

  private static func open(
    _ folder: InputFolder, _ url: URL, _ format: RecordingFormat?, _ options: ReadingOptions
  ) throws(FileError) -> RecordingReader {
    do throws(FileError) {
      let found = if let format { format } else { try reading(folder) }
      switch found.reader {
      case .folder(let read): return try read(folder, Self.videoName(url.standardizedFileURL), options)
      case .text:
        throw FileError(.invalid, problem: "is a folder, and \(found.name) is a file", remedy: "name the file")
      case nil: throw found.cannotBeRead
      }
    } catch {
      throw error.in(folder.name)
    }
  }

  /// The name without the endings of formats.
  private static func videoName(_ url: URL) -> String {
    let name = url.lastPathComponent
    return suffix(of: name).map { String(name.dropLast($0.count)) } ?? FrameLabel.stem(name)
  }

  /// Keeps the place of an output of this format for one run; nil where it has none.
  package func claim(_ target: OutputTarget) throws(FileError) -> OutputClaim? {
    guard case .place(let url, let overwrites) = target else { return nil }
    guard let folder else { return try OutputClaim([url], overwrites: overwrites) }
    return try OutputClaim(folder: url, overwrites: overwrites, replacing: folder.isOwn)
  }

  /// A writer of this format.
  ///
  /// - Parameter contents: What is to be written; refused where the format has no place for any of it.
  package func write(
    _ target: OutputTarget, _ header: RecordingHeader, _ contents: RecordingReader.Contents,
    _ options: WritingOptions = WritingOptions()
  ) throws(FileError) -> any RecordingWriter {
    guard let writer, canBeWritten else { throw cannotBeWritten(target) }
    guard contents.hasKeypoints || !contents.hasPeople || !lacks.contains(.boxes) else {
      throw FileError(
        .invalid, file: target.name, problem: "\(name) has no place for boxes without keypoints",
        remedy: "write one of \(Self.names { $0.canBeWritten && !$0.lacks.contains(.boxes) })")
    }
    return try writer(target, header, options)
  }

  /// The folder that the writer of a format of folders makes.
  static func makeFolder(
    _ target: OutputTarget, _ folder: Folder, named name: String
  ) throws(FileError) -> OutputFolder {
    guard case .place(let url, let overwrites) = target else {
      throw FileError(
        .invalid, file: target.name, problem: "takes one file, and \(name) is a folder of files",
        remedy: "name a folder")
    }
    return try OutputFolder(for: url, overwrites: overwrites, replacing: folder.isOwn)
  }
}
