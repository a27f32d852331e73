internal import CFileSystem
public import Foundation

/// A folder of files that appears at its place complete or not at all: it is made beside it under a hidden name and renamed.
public final class OutputFolder {
  private let destination: URL
  private let output: OutputPath
  private let path: String
  private let descriptor: Descriptor
  private let overwrites: Bool
  private let isOwn: (String) -> Bool
  private var isPending = true
  private var folders: Set<String> = []

  /// - Parameters:
  ///   - overwrites: Whether a folder with files in it may be replaced.
  ///   - isOwn: Tells by its path in the folder whether a file may be replaced together with it.
  public init(
    for destination: URL, overwrites: Bool, replacing isOwn: @escaping (String) -> Bool
  ) throws(FileError) {
    (self.destination, self.overwrites, self.isOwn) = (destination, overwrites, isOwn)
    output = try OutputPath(destination)
    try output.requireFree(overwrites: overwrites, replacing: isOwn)
    path = output.partialPath()
    do throws(SystemError) {
      guard mkdir(path, 0o777) == 0 else { throw SystemError(errno) }
      descriptor = try Descriptor(path, O_RDONLY | O_DIRECTORY)
    } catch {
      throw OutputPath.failure(destination, error)
    }
    _ = descriptor.lock()
  }

  deinit { discard() }

  /// Adds a file; folders in its name are made.
  public func write(_ name: String, _ text: String) throws(FileError) {
    do throws(SystemError) {
      try makeFolders(of: name)
      let file = try Descriptor("\(path)/\(name)", O_CREAT | O_EXCL | O_WRONLY)
      try file.write(Array(text.utf8))
    } catch {
      throw OutputPath.failure(destination, error)
    }
  }

  private func makeFolders(of name: String) throws(SystemError) {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/" + part
      guard folders.insert(folder).inserted else { continue }
      guard mkdir(folder, 0o777) == 0 else { throw SystemError(errno) }
    }
  }

  /// Puts the folder at its place, for the one that is there.
  public func finish() throws(FileError) {
    let replaces = try output.kind() != nil
    try output.requireFree(overwrites: overwrites, replacing: isOwn)
    do throws(SystemError) {
      // All files at once; each by itself takes far longer.
      guard syncfs(descriptor.number) == 0 else { throw SystemError(errno) }
      if replaces { try exchange() } else { try rename(path, to: output.path, overwrites: false) }
    } catch {
      throw OutputPath.failure(destination, error)
    }
    // After an exchange the old folder has the hidden name.
    if replaces { discard() }
    isPending = false
    try output.synchroniseFolder()
  }

  private func exchange() throws(SystemError) {
    if renameat2(AT_FDCWD, path, AT_FDCWD, output.path, FILESYSTEM_RENAME_EXCHANGE) == 0 { return }
    guard errno == EINVAL || errno == ENOSYS else { throw SystemError(errno) }
    // Some file systems can't exchange.
    let old = output.partialPath()
    try rename(output.path, to: old, overwrites: false)
    try rename(path, to: output.path, overwrites: false)
    try rename(old, to: path, overwrites: false)
  }

  private func discard() {
    guard isPending else { return }
    isPending = false
    try? FileManager.default.removeItem(atPath: path)
  }
}

extension OutputPath {
  /// Throws where a folder can't be put here: something else is there, or a folder that may not be replaced because it is not
  /// empty and there is no leave, or because it has more in it than files of ours.
  func requireFree(overwrites: Bool, replacing isOwn: (String) -> Bool) throws(FileError) {
    switch try kind() {
    case nil: return
    case .folder: break
    case let kind?: throw FileError(.exists, destination, "is \(kind.rawValue)", remedy: "name a folder")
    }
    let names: [String]
    do {
      names = try FileManager.default.subpathsOfDirectory(atPath: path).filter { name in
        var isFolder: ObjCBool = false
        return !FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder) || !isFolder.boolValue
      }
    } catch {
      throw FileError(
        .exists, destination, "is a folder that can't be looked into: \(SystemError.reason(of: error))",
        remedy: "name another one")
    }
    if let other = names.first(where: { !isOwn($0) }) {
      throw FileError(
        .exists, destination, "is a folder with more in it than such results (\(other)), which would be lost",
        remedy: "name another one")
    }
    if !names.isEmpty, !overwrites {
      throw FileError(.exists, destination, "exists already", remedy: "replace it with --force, or write elsewhere")
    }
  }
}
