private import Foundation
private import TestSupport
import Testing

@testable internal import Files

@Suite struct `A lease` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var work: URL { folder.file("work") }

  private func claim(term: Double = 60) throws -> Lease? {
    if case .granted(let lease) = try Lease.claim(work, term: term) { lease } else { nil }
  }

  /// Writes the lease of another process.
  private func write(_ number: Int, _ change: (inout ProcessIdentity) -> Void, age: Double = 0) throws {
    var holder = ProcessIdentity.own
    change(&holder)
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    let file = work.appending(path: "\(number)")
    try JSONEncoder().encode(holder).write(to: file)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -age)], ofItemAtPath: file.path)
  }

  @Test func `is one's own until it is released`() throws {
    let first = try #require(try claim())
    #expect(try claim() == nil && Lease.isHeld(work, term: 60))
    #expect(first.renew())
    first.release()
    #expect(!first.renew() && !Lease.isHeld(work, term: 60))
    let second = try #require(try claim())
    #expect((first.number, second.number) == (1, 2))
  }

  @Test func `of a dead process of this machine is free at once`() throws {
    try write(4) {
      $0.pid = 1
      $0.began += 1
    }
    #expect(try claim()?.number == 5)
  }

  @Test func `of another machine is free once it was not renewed for its term`() throws {
    try write(1) { $0.boot = "other" }
    #expect(try claim() == nil)
    try write(1, { $0.boot = "other" }, age: 61)
    #expect(try claim()?.number == 2)
  }

  @Test func `of a process in another container is not judged by its number`() throws {
    try write(1) { ($0.namespace, $0.pid, $0.began) = ("pid:[1]", 1, 0) }
    #expect(try claim() == nil)
  }

  @Test func `that was taken over is known to be lost`() throws {
    let late = try #require(try claim())
    try write(2) { $0.boot = "other" }
    #expect(!late.renew())
  }

  @Test func `that is not written yet counts as held`() throws {
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    try Data().write(to: work.appending(path: "1"))
    #expect(try claim() == nil)
  }

  @Test func `goes to one of many who want it`() async throws {
    let work = work
    let granted = try await withThrowingTaskGroup(of: Lease?.self) { group in
      for _ in 0..<16 {
        group.addTask { if case .granted(let lease) = try Lease.claim(work, term: 60) { lease } else { nil } }
      }
      return try await group.reduce(into: []) { if let lease = $1 { $0.append(lease) } }
    }
    #expect(granted.count == 1)
  }
}
