internal import Files
package import Foundation

/// The folder that results go to.
package enum ResultFolder {
  /// Makes it where it is missing.
  ///
  /// - Returns: Whether it was missing.
  @discardableResult
  package static func make(_ folder: URL) throws -> Bool {
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
      throw PipelineError(
        .failed, "\(folder.relativePath): this folder can't be made: \(SystemError.reason(of: error))")
    }
  }

  /// A folder that does not exist yet and ends so is a file that somebody wanted.
  private static let fileEndings: Set<String> = ["mp4", "mov", "mkv", "avi", "webm", "json", "csv", "txt"]
}
