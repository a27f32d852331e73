internal import CFileSystem
public import Foundation

/// A file that is written beside its place under a hidden name and renamed when it is whole.
///
/// It is removed unless it is committed, at the latest when the last owner lets go. What a killed process leaves is removed by
/// the next ``OutputClaim`` of the place.
public final class PartialFile {
  public let destination: URL
  /// The file under its hidden name.
  public var url: URL { URL(filePath: path) }

  let descriptor: Descriptor
  private let output: OutputPath
  private let path: String
  private let overwrites: Bool
  private var isPending = true

  /// - Parameter overwrites: Whether a file may be replaced. Nothing but files ever is.
  public init(for destination: URL, overwrites: Bool = true) throws(FileError) {
    self.destination = destination
    self.overwrites = overwrites
    output = try OutputPath(destination)
    try output.requireFree(overwrites: overwrites)
    path = output.partialPath()
    do throws(SystemError) {
      descriptor = try Descriptor(path, O_CREAT | O_EXCL | O_RDWR)
    } catch {
      throw OutputPath.failure(destination, error)
    }
    // Tells others that the file is not abandoned.
    _ = descriptor.lock()
  }

  /// A file of no place in particular, to be discarded.
  public static func temporary() throws(FileError) -> PartialFile {
    try PartialFile(for: FileManager.default.temporaryDirectory.appending(path: "posetrail-\(UUID().uuidString)"))
  }

  deinit { discard() }

  /// Puts the whole file into its place. After a power cut there is the old file or the new one, whole.
  public func commit() throws(FileError) {
    guard isPending else { return }
    try output.requireFree(overwrites: overwrites)
    do throws(SystemError) {
      try descriptor.synchronise()
      try rename(path, to: output.path, overwrites: overwrites)
    } catch {
      discard()
      if error.code == EEXIST { try output.requireFree(overwrites: false) }
      throw OutputPath.failure(destination, error)
    }
    isPending = false
    try output.synchroniseFolder()
  }

  public func discard() {
    guard isPending else { return }
    isPending = false
    unlink(path)
  }
}

/// Renames at once. What is there is only replaced where it may be, as far as the file system can tell (renameat2(2)).
func rename(_ path: String, to place: String, overwrites: Bool) throws(SystemError) {
  if !overwrites {
    if renameat2(AT_FDCWD, path, AT_FDCWD, place, FILESYSTEM_RENAME_NOREPLACE) == 0 { return }
    guard errno == EINVAL || errno == ENOSYS else { throw SystemError(errno) }
  }
  guard Foundation.rename(path, place) == 0 else { throw SystemError(errno) }
}
