public import Foundation

/// Keeps the places of outputs for one run: another run that wants one of them is told so before it does anything.
///
/// A hidden file beside each output is locked (flock(2)) and names the process; the lock ends with the process, however that
/// ends. Where the file system has no locks, nothing is kept from others. What dead processes left unfinished of the outputs is
/// removed.
public final class OutputClaim: Sendable {
  private let outputs: [OutputPath]
  private let locks: [LockFile]

  /// For files.
  ///
  /// - Throws: Where one exists and may not be replaced, is something else than a file, can't be written in its folder, or
  ///   belongs to another run.
  public convenience init(_ files: [URL], overwrites: Bool) throws(FileError) {
    try self.init(files) { (output) throws(FileError) in try output.requireFree(overwrites: overwrites) }
  }

  /// For a folder of files that is written as a whole.
  ///
  /// - Parameter isOwn: Tells by its path in the folder whether a file may be replaced together with it.
  public convenience init(folder: URL, overwrites: Bool, replacing isOwn: (String) -> Bool) throws(FileError) {
    try self.init([folder]) { (output) throws(FileError) in
      try output.requireFree(overwrites: overwrites, replacing: isOwn)
    }
  }

  private init(_ destinations: [URL], _ check: (OutputPath) throws(FileError) -> Void) throws(FileError) {
    var (outputs, locks): ([OutputPath], [LockFile]) = ([], [])
    for destination in destinations {
      let output = try OutputPath(destination)
      try check(output)
      try output.requireWritableFolder()
      locks.append(try LockFile(for: output))
      // Another run may have finished since.
      try check(output)
      outputs.append(output)
    }
    (self.outputs, self.locks) = (outputs, locks)
    for output in outputs { output.removeAbandonedPartials() }
  }

  deinit { release() }

  /// Lets others have the places. Calls after the first do nothing.
  public func release() {
    for lock in locks { lock.release() }
  }

  /// Removes what this process has not finished of the outputs, and lets others have the places. For a process that is about
  /// to end.
  public func abandon() {
    for output in outputs {
      for partial in output.partials(of: getpid()) {
        // Under another name nothing more gets into a folder.
        let gone = output.partialPath()
        if rename(partial, gone) == 0 { try? FileManager.default.removeItem(atPath: gone) }
      }
    }
    release()
  }
}

extension OutputPath {
  /// Removes partial files and folders that no living process holds.
  fileprivate func removeAbandonedPartials() {
    for partial in partials() {
      guard let descriptor = try? Descriptor(partial, O_RDONLY | O_NOFOLLOW | O_NONBLOCK) else { continue }
      if descriptor.lock() == .held { try? FileManager.default.removeItem(atPath: partial) }
    }
  }
}
