public import Foundation

/// Looks, before work begins, whether the results will have a place.
public enum OutputPlace {
  /// Throws where one of the files exists and may not be replaced, or its folder can't be written to.
  public static func check(_ files: [URL], overwrites: Bool) throws {
    for file in files {
      let manager = FileManager.default
      var isFolder: ObjCBool = false
      if manager.fileExists(atPath: file.path, isDirectory: &isFolder) {
        if isFolder.boolValue {
          throw PipelineError(.outputExists, "\(file.relativePath): is a folder; name a file")
        }
        if !overwrites {
          throw PipelineError(.outputExists, "\(file.relativePath): exists already; replace it with --force")
        }
      }
      let folder = file.deletingLastPathComponent()
      guard manager.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue else {
        throw PipelineError(.unusable, "\(folder.relativePath): there is no such folder; make it, or write elsewhere")
      }
      guard manager.isWritableFile(atPath: folder.path) else {
        throw PipelineError(.failed, "\(folder.relativePath): this folder can't be written to; write elsewhere")
      }
    }
  }
}

extension OutputPlace {
  /// Makes the folder that results go to, where it is missing.
  ///
  /// - Returns: Whether it was missing.
  static func makeFolder(_ folder: URL) throws -> Bool {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder) {
      guard isFolder.boolValue else {
        throw PipelineError(.outputExists, "\(folder.relativePath): is a file; name a folder for the results")
      }
      return false
    }
    guard !fileEndings.contains(folder.pathExtension.lowercased()) else {
      throw PipelineError(
        .unusable, "\(folder.relativePath): has the name of a file; name a folder for the results")
    }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      return true
    } catch {
      throw PipelineError(.failed, "\(folder.relativePath): this folder can't be made (\(error.localizedDescription))")
    }
  }

  /// A folder that does not exist yet and ends so is a file that somebody wanted.
  private static let fileEndings: Set<String> = ["mp4", "mov", "mkv", "avi", "webm", "json", "csv", "txt"]
}
