public import Foundation
private import Synchronization

/// A piece of work that one process of several has taken, on whichever machine they are.
///
/// A lease is a file in the work's own folder. Its name is a number; the highest one counts. It is made with O_EXCL, so that of
/// two processes that want the same number one gets it, and renewed by its time of modification, as the file system's own clock
/// tells it. It is free again once it is released, once its process is known to have ended, or once it was not renewed for
/// its term. Who finds it free takes the next number; numbers are never given twice, so that one who comes late can't take what
/// was taken since. Where a file system shows files late, as NFS may within its cache times, two may hold a lease until the first
/// of them renews: what they do must bear that.
public final class Lease: Sendable {
  public enum Claim: Sendable {
    case granted(Lease)
    case held(ProcessIdentity?)
  }

  /// Counts the leases of the work from 1.
  public let number: Int
  private let folder: String
  private let descriptor: Mutex<Descriptor?>
  /// The number of that descriptor, as long as it is open.
  private let fileNumber: Int32

  private init(_ folder: String, _ number: Int, _ descriptor: consuming sending Descriptor) {
    (self.folder, self.number, fileNumber) = (folder, number, descriptor.number)
    self.descriptor = Mutex(descriptor)
  }

  deinit { release() }

  /// Takes the work of `folder`, which is made where it is missing, unless somebody has it.
  ///
  /// - Parameter term: How many seconds a lease lasts that is not renewed.
  public static func claim(_ folder: URL, term: Double) throws(FileError) -> Claim {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      return try claim(folder.path(percentEncoded: false), term: term)
    } catch {
      throw FileError(
        .unwritable, folder, "cannot be written to: \(SystemError.reason(of: error))", remedy: "check its rights")
    }
  }

  /// Whether somebody has the work of `folder`.
  public static func isHeld(_ folder: URL, term: Double) -> Bool {
    let path = folder.path(percentEncoded: false)
    guard let last = numbers(path).last, let file = try? LeaseFile(path, last) else { return false }
    return file.isHeld(term: term, in: path)
  }

  private static func claim(_ folder: String, term: Double) throws(SystemError) -> Claim {
    while true {
      let last = numbers(folder).last ?? 0
      if last > 0 {
        let file: LeaseFile
        do throws(SystemError) {
          file = try LeaseFile(folder, last)
        } catch  where error.code == ENOENT || error.code == ESTALE {
          continue
        }
        if file.isHeld(term: term, in: folder) { return .held(file.holder) }
      }
      if let lease = try make(folder, last + 1) { return .granted(lease) }
    }
  }

  /// nil where another process was faster.
  private static func make(_ folder: String, _ number: Int) throws(SystemError) -> Lease? {
    let path = LeaseFile.path(folder, number)
    guard let descriptor = try create(path) else { return nil }
    try descriptor.write(LeaseFile.text(of: .own))
    let all = numbers(folder)
    guard all.last == number else {
      unlink(path)
      return nil
    }
    for old in all.dropLast(2) { unlink(LeaseFile.path(folder, old)) }
    return Lease(folder, number, descriptor)
  }

  /// nil where the file is there.
  private static func create(_ path: String) throws(SystemError) -> Descriptor? {
    do throws(SystemError) {
      return try Descriptor(path, O_RDWR | O_CREAT | O_EXCL)
    } catch  where error.code == EEXIST {
      return nil
    }
  }

  fileprivate static func numbers(_ folder: String) -> [Int] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).compactMap { Int($0) }.sorted()
  }

  /// Says that the holder is at work.
  ///
  /// - Returns: Whether the lease still counts.
  public func renew() -> Bool {
    descriptor.withLock { descriptor in
      guard descriptor != nil, Self.numbers(folder).last == number else { return false }
      return futimens(fileNumber, nil) == 0
    }
  }

  /// Lets others have the work. Calls after the first do nothing.
  public func release() {
    descriptor.withLock { descriptor in
      guard descriptor != nil else { return }
      let never = timespec(tv_sec: 0, tv_nsec: 0)
      _ = withUnsafePointer(to: (never, never)) { pair in
        pair.withMemoryRebound(to: timespec.self, capacity: 2) { futimens(fileNumber, $0) }
      }
      descriptor = nil
    }
  }
}

/// The file of a lease as others see it.
private struct LeaseFile {
  /// nil where it is not written yet.
  var holder: ProcessIdentity?
  /// In seconds since 1970 of the file system's clock; 0 for a lease that was released.
  var renewed: Double

  init(_ folder: String, _ number: Int) throws(SystemError) {
    // Opening asks a server for the state of the file, where looking at its name may not.
    let descriptor = try Descriptor(Self.path(folder, number), O_RDONLY)
    renewed = try descriptor.status().modified
    var bytes = [UInt8](repeating: 0, count: 1000)
    let count = try descriptor.read(into: &bytes)
    holder = try? JSONDecoder().decode(ProcessIdentity.self, from: Data(bytes[..<count]))
  }

  static func path(_ folder: String, _ number: Int) -> String { "\(folder)/\(number)" }

  static func text(of holder: ProcessIdentity) -> [UInt8] {
    (try? JSONEncoder().encode(holder)).map { [UInt8]($0) } ?? []
  }

  func isHeld(term: Double, in folder: String) -> Bool {
    guard renewed > 0, holder?.hasEnded != true else { return false }
    return Self.now(in: folder) - renewed < term
  }

  /// What the file system's clock says, which may be another machine's.
  private static func now(in folder: String) -> Double {
    let path = "\(folder)/.now-\(String(UInt64.random(in: 0 ... .max), radix: 16))"
    defer { unlink(path) }
    let modified = try? Descriptor(path, O_WRONLY | O_CREAT | O_EXCL).status().modified
    return modified ?? Date().timeIntervalSince1970
  }
}

extension stat {
  fileprivate var modified: Double { Double(st_mtim.tv_sec) + Double(st_mtim.tv_nsec) / 1e9 }
}
