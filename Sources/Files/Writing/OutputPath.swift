internal import Foundation

/// Where an output goes once symbolic links are followed, and the hidden names beside it that belong to it.
struct OutputPath: Sendable {
  /// As the user named it.
  let destination: URL
  let folder: String
  let name: String

  var path: String { folder + "/" + name }

  /// Follows the links. Throws where there is no folder for the file, or what is there can't be replaced by one.
  init(_ destination: URL) throws(FileError) {
    self.destination = destination
    var path = destination.path(percentEncoded: false)
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    for _ in 0..<40 {
      let (folder, name) = try Self.split(path, destination)
      guard !(folder + "/").hasPrefix("/proc/") else {
        throw FileError(
          .unwritable, destination, "is not a place where a file can be", remedy: "name a file in a folder")
      }
      guard let target = try Self.target(folder + "/" + name, destination) else {
        (self.folder, self.name) = (folder, name)
        return
      }
      path = target.hasPrefix("/") ? target : folder + "/" + target
    }
    throw Self.failure(destination, SystemError(ELOOP))
  }

  /// The real folder and the name in it.
  private static func split(_ path: String, _ destination: URL) throws(FileError) -> (folder: String, name: String) {
    var path = path
    if [".", ".."].contains(path.split(separator: "/").last ?? ".") { path = try real(path, destination) }
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    let folder = path[..<slash]
    let name = String(path[slash...].drop { $0 == "/" })
    guard !name.isEmpty else { throw FileError(.exists, destination, "is a folder", remedy: "name a file") }
    let resolved = try real(folder.isEmpty ? "/" : String(folder), destination)
    return (resolved == "/" ? "" : resolved, name)
  }

  private static func real(_ folder: String, _ destination: URL) throws(FileError) -> String {
    guard let resolved = realpath(folder, nil) else {
      let reason = SystemError(errno)
      if reason.code == ENOENT {
        throw FileError(
          .unwritable, destination, "its folder does not exist", remedy: "make it first, or write elsewhere")
      }
      throw failure(destination, reason)
    }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Where a link leads; nil where `path` is none.
  private static func target(_ path: String, _ destination: URL) throws(FileError) -> String? {
    do throws(SystemError) {
      guard try FileKind(at: path) == .link else { return nil }
    } catch {
      throw failure(destination, error)
    }
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count)
    guard count > 0 else { throw failure(destination, SystemError(errno)) }
    return String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  static func failure(_ destination: URL, _ reason: SystemError) -> FileError {
    FileError(
      .unwritable, destination, "cannot be written: \(reason)",
      remedy: "check the space on the disk and the rights of the folder, or write elsewhere")
  }
}

extension OutputPath {
  /// What is there now.
  func kind() throws(FileError) -> FileKind? {
    do { return try FileKind(at: path) } catch { throw Self.failure(destination, error) }
  }

  /// Throws where a file can't be put here: something else is there, or a file that may not be replaced.
  func requireFree(overwrites: Bool) throws(FileError) {
    switch try kind() {
    case nil: return
    case .file:
      if !overwrites {
        throw FileError(.exists, destination, "exists already", remedy: "replace it with --force, or write elsewhere")
      }
    case .folder: throw FileError(.exists, destination, "is a folder", remedy: "name a file")
    case let kind?:
      throw FileError(
        .exists, destination, "is \(kind.rawValue), and results replace nothing but files", remedy: "name a file")
    }
  }

  /// Throws where no file can be made beside it.
  func requireWritableFolder() throws(FileError) {
    guard access(folder.isEmpty ? "/" : folder, W_OK | X_OK) == 0 else {
      throw FileError(
        .unwritable, destination, "its folder can't be written to: \(SystemError(errno))", remedy: "write elsewhere")
    }
  }

  /// Waits until the names in the folder are on the disk. A folder that may not be read is believed.
  func synchroniseFolder() throws(FileError) {
    do throws(SystemError) {
      try Descriptor(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY).synchronise()
    } catch  where error.code != EACCES {
      throw Self.failure(destination, error)
    } catch {}
  }
}

/// Hidden names. Names may have 255 bytes, so a long one is stood for by its digest.
extension OutputPath {
  private var stem: String {
    name.utf8.count <= 180 ? name : String(FileDigest.sha256(of: Data(name.utf8)).prefix(40))
  }

  var lockPath: String { "\(folder)/.\(stem).lock" }

  /// A name that nobody else has, for what is not whole yet. It tells the process that it belongs to.
  func partialPath() -> String {
    "\(folder)/.\(stem).partial-\(getpid())-\(String(UInt64.random(in: 0 ... .max), radix: 16))"
  }

  /// The partial files and folders of this output that are there; only those of process `owner` where one is named.
  func partials(of owner: pid_t? = nil) -> [String] {
    let prefix = ".\(stem).partial-" + (owner.map { "\($0)-" } ?? "")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "/" : folder)) ?? []
    return names.filter { Self.isPartial($0, prefix) }.map { folder + "/" + $0 }
  }

  private static func isPartial(_ name: String, _ prefix: String) -> Bool {
    guard name.hasPrefix(prefix) else { return false }
    let parts = name.dropFirst(prefix.count).split(separator: "-", omittingEmptySubsequences: false)
    return (1...2).contains(parts.count) && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isHexDigit) }
  }
}
