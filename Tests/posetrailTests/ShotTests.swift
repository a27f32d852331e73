private import Foundation
private import Interchange
private import Pose
private import TestSupport
import Testing

@Suite struct `Shots of a video` {
  private let options = ["--whole-frame", "--min-score", "0", "--min-keypoints", "0"]

  /// Blocks of grey that move, and from frame 100 on other ones, of other colours.
  private func makeClip(_ place: Workplace) throws {
    var sample = SampleVideo(width: 96, height: 64, frames: 200)
    sample.colour = { frame, x, y in
      let (column, row) = (x / 12 + frame / 20, y / 8)
      let level = UInt8((column * 89 + row * 151 + column * row * 37) % 7 * 40)
      return frame < 100 ? (level, level, level) : (255, 240 - level, level / 2)
    }
    try sample.write(to: place.url("clip.mkv"))
  }

  @Test func `nobody goes over a cut, in one go, resumed, or linked from saved poses`() throws {
    let place = try Workplace()
    try makeClip(place)
    let command = ["track", "clip.mkv"] + options
    #expect(try Posetrail.run(command + ["-o", "whole"], in: place.folder).status == 0)
    let frames = try Recording(poseTrack: place.url("whole/clip.posetrack.json")).frames
    #expect(frames.count == 200)
    #expect(frames.filter { $0.beginsShot != false }.map(\.index) == [0, 100])
    let before = Set(frames[..<100].flatMap(\.people).compactMap(\.trackID))
    let after = Set(frames[100...].flatMap(\.people).compactMap(\.trackID))
    #expect(!before.isEmpty && !after.isEmpty && before.isDisjoint(with: after))

    let running = try Posetrail.start(command + ["-o", "parts"], in: place.folder)
    try place.interrupt(running, by: SIGINT, journal: "parts/clip.posetrack.journal", atLeast: 20_000)
    #expect(try running.wait().status == 130)
    #expect(try Posetrail.run(command + ["-o", "parts", "--resume"], in: place.folder).status == 0)
    try place.expectSameResults("whole", "parts", stem: "clip")

    #expect(try place.run("estimate", "clip.mkv", "-o", ".", "--whole-frame").status == 0)
    let link = ["link", "clip.poses.json", "-o", "linked.posetrack.json"] + options.dropFirst()
    #expect(try Posetrail.run(link, in: place.folder).status == 0)
    #expect(try Recording(poseTrack: place.url("linked.posetrack.json")).frames == frames)
  }
}
