private import Foundation
private import Interchange
private import Pose
private import TestSupport
import Testing
private import Timing

@Test func `track writes poses and an annotated video with the times of the source`() throws {
  let place = try Workplace()
  let times: [Int64] = [0, 40, 80, 200, 240, 400, 1000, 1040]
  try place.makeVideo("clip.mp4", times: times)
  let outcome = try place.run("track", "clip.mp4", "-o", "out", "--whole-frame")
  #expect(outcome.status == 0, "\(outcome.messages)")
  #expect(try place.contents("out") == ["clip.overlay.mp4", "clip.posetrack.json"])

  let recording = try Recording(poseTrack: place.url("out/clip.posetrack.json"))
  #expect(recording.frames.map(\.index) == Array(0..<8))
  #expect(recording.frames.compactMap { $0.time?.seconds } == times.map { Double($0) / 1000 })
  #expect(recording.header.provenance?.video?.name == "clip.mp4")
  #expect(recording.header.provenance?.width == 96)

  let drawn = try place.times("out/clip.overlay.mp4")
  #expect(zip(drawn, times).allSatisfy { abs($0 - Double($1) / 1000) < 1e-6 } && drawn.count == times.count)
}

@Test func `the same run gives the same bytes`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(10))
  for folder in ["a", "b"] {
    #expect(try place.run("track", "clip.mp4", "-o", folder, "--whole-frame").status == 0)
  }
  for name in ["clip.posetrack.json", "clip.overlay.mp4"] {
    #expect(try Data(contentsOf: place.url("a/\(name)")) == Data(contentsOf: place.url("b/\(name)")))
  }
}

@Test func `rendering saved poses gives the video that tracking made`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(12))
  let options = ["--trails", "5", "--color-by", "track", "--blur-faces"]
  #expect(
    try Posetrail.run(["track", "clip.mp4", "-o", "out", "--whole-frame"] + options, in: place.folder).status == 0)
  let render = ["render", "clip.mp4", "out/clip.posetrack.json", "-o", "again.mp4"] + options
  let outcome = try Posetrail.run(render, in: place.folder)
  #expect(outcome.status == 0, "\(outcome.messages)")
  #expect(try Data(contentsOf: place.url("again.mp4")) == Data(contentsOf: place.url("out/clip.overlay.mp4")))
}

@Test func `an interrupted run leaves valid results and resumes to the same bytes`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(600))
  let whole = try place.run("track", "clip.mp4", "-o", "whole", "--whole-frame")
  #expect(whole.status == 0, "\(whole.messages)")

  let running = try Posetrail.start(["track", "clip.mp4", "-o", "parts", "--whole-frame"], in: place.folder)
  let journal = place.url("parts/clip.posetrack.journal").path
  let size = { (try? FileManager.default.attributesOfItem(atPath: journal)[.size] as? Int) ?? 0 }
  while running.process.isRunning, size() < 20_000 { usleep(1000) }
  running.process.interrupt()
  let interrupted = try running.wait()
  #expect(interrupted.status == 130, "\(interrupted.messages)")
  #expect(interrupted.messages.contains("--resume"))
  let partial = try Recording(poseTrack: place.url("parts/clip.posetrack.json")).frames.count
  #expect((1..<600).contains(partial))
  #expect(try place.times("parts/clip.overlay.mp4").count == partial)

  #expect(try place.run("track", "clip.mp4", "-o", "parts", "--whole-frame").status == 2)
  let resumed = try place.run("track", "clip.mp4", "-o", "parts", "--whole-frame", "--resume")
  #expect(resumed.status == 0, "\(resumed.messages)")
  #expect(try place.contents("parts") == ["clip.overlay.mp4", "clip.posetrack.json"])
  for name in ["clip.posetrack.json", "clip.overlay.mp4"] {
    #expect(try Data(contentsOf: place.url("whole/\(name)")) == Data(contentsOf: place.url("parts/\(name)")))
  }
}

@Test func `resuming with other options is refused`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(400))
  let running = try Posetrail.start(["track", "clip.mp4", "-o", "out", "--whole-frame"], in: place.folder)
  while running.process.isRunning, !place.has("out/clip.posetrack.journal") { usleep(1000) }
  running.process.interrupt()
  #expect(try running.wait().status == 130)
  let outcome = try place.run("track", "clip.mp4", "-o", "out", "--whole-frame", "--resume", "--flip-test")
  #expect(outcome.status == 2)
  #expect(outcome.messages.contains("flip-test"))
  try place.write("boxes.json", "[]")
  let others = try place.run("track", "clip.mp4", "-o", "out", "--boxes", "boxes.json", "--resume")
  #expect(others.status == 2)
  #expect(others.messages.contains("boxes"))
}

@Test func `one bad input does not stop the others`() throws {
  let place = try Workplace()
  try place.makeVideo("good one.mp4", times: .steady(4))
  try place.makeVideo("größe.mp4", times: .steady(4))
  try place.write("bad.mp4", "this is no video")
  let outcome = try place.run("track", "good one.mp4", "bad.mp4", "größe.mp4", "-o", "out", "--whole-frame")
  #expect(outcome.status == 2)
  #expect(outcome.messages.contains("bad.mp4"))
  #expect(
    try place.contents("out") == [
      "good one.overlay.mp4", "good one.posetrack.json", "größe.overlay.mp4", "größe.posetrack.json",
    ])
}

@Test func `parts of a video keep their frame numbers`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(25))
  let outcome = try place.run(
    "track", "clip.mp4", "-o", "out", "--whole-frame", "--start", "0.4", "--end", "0.8", "--stride", "3")
  #expect(outcome.status == 0, "\(outcome.messages)")
  let recording = try Recording(poseTrack: place.url("out/clip.posetrack.json"))
  #expect(recording.frames.map(\.index) == [10, 13, 16, 19])
  #expect(try place.times("out/clip.overlay.mp4").first == 0)
}

@Test func `only the most present people are kept`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(12))
  let rows = (0..<12).flatMap { frame -> [String] in
    let one = "{\"image_id\": \(frame), \"category_id\": 1, \"bbox\": [2, 2, 30, 60], \"score\": 0.9}"
    let two = "{\"image_id\": \(frame), \"category_id\": 1, \"bbox\": [60, 2, 30, 60], \"score\": 0.9}"
    return frame < 6 ? [one, two] : [one]
  }
  try place.write("boxes.json", "[\(rows.joined(separator: ","))]")
  let common = ["track", "clip.mp4", "--boxes", "boxes.json", "--min-keypoints", "0"]
  let outcome = try Posetrail.run(common + ["-o", "few", "--people", "1"], in: place.folder)
  #expect(outcome.status == 0, "\(outcome.messages)")
  let recording = try Recording(poseTrack: place.url("few/clip.posetrack.json"))
  #expect(Set(recording.frames.flatMap { $0.people.compactMap(\.trackID) }).count <= 1)
  #expect(try place.times("few/clip.overlay.mp4").count == 12)
}
