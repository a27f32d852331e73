import Foundation
import Pose
import Testing
import Timing

@testable import Tracking

@Suite struct `People out of view` {
  private static let width = 640

  /// The identities of somebody who goes out over the right side at 10 pixels a frame, 25 a second, and of who comes in there.
  ///
  /// - Parameter absence: Frames between both.
  private func ids(
    absence: Int, wears clothes: (Int8?, Int8?) = (nil, nil), width: Int? = width
  ) -> (first: Set<Int>, second: Set<Int>) {
    let leaving = (0..<20).map { [person(x: 420 + 10 * Double($0), wears: clothes.0)] }
    let entering = (0..<20).map { [person(x: 590 - 2 * Double($0), wears: clothes.1)] }
    let frames = leaving + Array(repeating: [], count: absence) + entering
    var online = OnlineIdentities(Tracker(skeleton: .coco17))
    var found = frames.enumerated().flatMap { index, poses in
      online.update(
        poses, in: FrameContext(time: MediaTime(ticks: Int64(index), denominator: 25), width: width)
      ).decided
    }
    found += online.finish()
    let ids = found.map { $0.map(\.trackID) }
    return (Set(ids.prefix(20).joined()), Set(ids.suffix(20).joined()))
  }

  @Test func `who comes in where somebody left is somebody else, unless it is at once`() {
    #expect(ids(absence: 18) == ([0], [1]))
    #expect(ids(absence: 5) == ([0], [0]))
  }

  @Test func `who left comes back by the colours of its clothes`() {
    #expect(ids(absence: 18, wears: (30, 30)) == ([0], [0]))
    #expect(ids(absence: 18, wears: (30, -30)) == ([0], [1]))
  }

  @Test func `nobody leaves a picture whose width is not known`() {
    #expect(ids(absence: 18, width: nil) == ([0], [0]))
    #expect(ids(absence: 18, width: 1280) == ([0], [0]))
  }

  /// Five walk at their own paces before a camera that pans to and fro. One of them is hidden while the camera turns.
  @Test func `people out of view go with a camera that turns`() {
    let paces = [0.0, 40, -30, 20, -50]
    let frames = (0..<60).map { frame -> [Pose] in
      let seconds = Double(frame) / 25
      let pan = 150 * sin(1.5 * seconds)
      return paces.indices.filter { $0 > 0 || !(12..<40).contains(frame) }.map { index in
        person(x: 400 * Double(index) + paces[index] * seconds + pan)
      }
    }
    let found = identities(frames, Tracker(skeleton: .coco17))
    #expect(found[59].map(\.trackID) == [0, 1, 2, 3, 4])
  }

  @Test func `what most have in common is the camera's`() {
    let changes = [(3.0, 1.0), (5, 0), (4, -1), (90, 40)].map { Point(x: $0.0, y: $0.1) }
    #expect(CameraPan.commonChange(changes) == Point(x: 4.5, y: 0.5))
    #expect(CameraPan.commonChange(Array(changes.prefix(3))) == nil)
  }
}
