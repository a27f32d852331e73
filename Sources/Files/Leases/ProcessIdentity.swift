internal import CFileSystem
internal import Foundation

/// A process as others may tell it from those before and after it, on this machine and on others.
public struct ProcessIdentity: Hashable, Sendable, Codable {
  public var host: String
  public var pid: Int32
  /// When it began, in ticks since the machine was started (proc(5)): process ids are used again.
  var began: UInt64
  /// Of this start of the machine.
  var boot: String
  /// In which process ids are counted; containers have their own.
  var namespace: String

  /// This process.
  public static let own: ProcessIdentity = {
    let boot = (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)) ?? ""
    let namespace = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? ""
    return ProcessIdentity(
      host: ProcessInfo.processInfo.hostName, pid: getpid(), began: beginning(of: getpid()) ?? 0,
      boot: boot.trimmingCharacters(in: .whitespacesAndNewlines), namespace: namespace)
  }()

  /// Whether it is known to have ended: only where its process ids are counted as ours are.
  var hasEnded: Bool {
    let own = Self.own
    guard !boot.isEmpty, !namespace.isEmpty, (boot, namespace) == (own.boot, own.namespace) else { return false }
    return Self.beginning(of: pid) != began
  }

  /// nil where there is no such process, or nothing of it but its exit status.
  private static func beginning(of pid: Int32) -> UInt64? {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let name = text.lastIndex(of: ")")
    else { return nil }
    // The state comes first behind the name, the beginning is the 20th.
    let fields = text[text.index(after: name)...].split(separator: " ")
    guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
    return UInt64(fields[19])
  }

  /// Ends this process, as by SIGTERM, when the one that started it has ended.
  public static func endWithParent() {
    _ = filesystem_end_with_parent()
  }
}
