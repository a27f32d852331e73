private import Files
private import Foundation

/// The status file of one worker, which nobody else writes.
final class StatusFile {
  private let file: AppendedFile

  init(in folder: BatchFolder) throws {
    do {
      try FileManager.default.createDirectory(at: folder.status, withIntermediateDirectories: true)
    } catch {
      throw FileError(
        .unwritable, folder.status, "this folder can't be made: \(SystemError.reason(of: error))",
        remedy: "check the rights of the manifest's folder")
    }
    let own = ProcessIdentity.own
    let number = String(UInt32.random(in: 0 ... .max), radix: 16)
    file = try AppendedFile(folder.status.appending(path: "\(own.host)-\(own.pid)-\(number).jsonl"))
  }

  /// Waits until the line is on the disk.
  func append(_ event: BatchEvent) throws { try file.append(event.line) }

  /// Waits until all of them are on the disk.
  func append(contentsOf events: [BatchEvent]) throws { try file.append(contentsOf: events.map(\.line)) }
}
