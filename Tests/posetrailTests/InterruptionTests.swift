private import Foundation
private import TestSupport
import Testing

/// How far the journal has come when the signal is sent, in bytes.
@Test(arguments: [(SIGTERM, 0), (SIGINT, 30_000)])
func `boxes that follow poses resume to the same bytes`(number: Int32, progress: Int) throws {
  let place = try Workplace()
  let command = ["track", Samples.clip.path, "--end", "2", "--detect-every", "7", "--smooth", "--trails", "10"]
  #expect(try Posetrail.run(command + ["-o", "whole"], in: place.folder).status == 0)
  let running = try Posetrail.start(command + ["-o", "parts"], in: place.folder)
  try place.interrupt(running, by: number, journal: "parts/crossing.posetrack.journal", atLeast: progress)
  #expect(try running.wait().status == 130)

  let other = try Posetrail.run(command + ["-o", "parts", "--resume", "--max-gap", "3"], in: place.folder)
  #expect(other.status == 2)
  #expect(other.messages.contains("max-gap"), "\(other.messages)")
  let resumed = try Posetrail.run(command + ["-o", "parts", "--resume"], in: place.folder)
  #expect(resumed.status == 0, "\(resumed.messages)")
  try place.expectSameResults("whole", "parts", stem: "crossing")
}

@Test func `the most present people are the same after an interruption`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(200))
  let rows = (0..<200).flatMap { frame in
    [(2, 200), (60, 100)].filter { frame < $0.1 }.map { x, _ in
      "{\"image_id\": \(frame), \"category_id\": 1, \"bbox\": [\(x), 2, 30, 60], \"score\": 0.9}"
    }
  }
  try place.write("boxes.json", "[\(rows.joined(separator: ","))]")
  let command = [
    "track", "clip.mp4", "--boxes", "boxes.json", "--people", "1", "--min-score", "0", "--min-keypoints", "0",
  ]
  #expect(try Posetrail.run(command + ["-o", "whole"], in: place.folder).status == 0)
  let running = try Posetrail.start(command + ["-o", "parts"], in: place.folder)
  try place.interrupt(running, by: SIGINT, journal: "parts/clip.posetrack.journal", atLeast: 40_000)
  #expect(try running.wait().status == 130)
  #expect(try Posetrail.run(command + ["-o", "parts", "--resume"], in: place.folder).status == 0)
  try place.expectSameResults("whole", "parts", stem: "clip")
}

/// The picture before an interruption is made with the one after it all the same.
@Test func `interlaced video resumes to the same bytes`() throws {
  let place = try Workplace()
  var sample = SampleVideo(width: 96, height: 64, frames: 200)
  sample.encoderOptions["x264-params"] = "tff=1"
  sample.colour = { frame, x, y in (frame + y % 2 + x) / 12 % 2 == 0 ? (220, 220, 220) : (40, 40, 40) }
  try sample.write(to: place.url("clip.mkv"))
  let command = ["track", "clip.mkv", "--whole-frame", "--min-score", "0", "--min-keypoints", "0"]
  let whole = try Posetrail.run(command + ["-o", "whole"], in: place.folder)
  #expect(whole.status == 0 && whole.messages.contains("deinterlaced"), "\(whole.messages)")
  let running = try Posetrail.start(command + ["-o", "parts"], in: place.folder)
  try place.interrupt(running, by: SIGTERM, journal: "parts/clip.posetrack.journal", atLeast: 20_000)
  #expect(try running.wait().status == 130)
  let other = try Posetrail.run(command + ["-o", "parts", "--resume", "--deinterlace", "off"], in: place.folder)
  #expect(other.status == 2 && other.messages.contains("deinterlace"), "\(other.messages)")
  #expect(try Posetrail.run(command + ["-o", "parts", "--resume"], in: place.folder).status == 0)
  try place.expectSameResults("whole", "parts", stem: "clip")
}

@Test func `an interruption ends a run over several videos`() throws {
  let place = try Workplace()
  for name in ["a.mp4", "b.mp4"] { try place.makeVideo(name, times: .steady(200)) }
  let command = ["track", "a.mp4", "b.mp4", "-o", "out", "--whole-frame"]
  let running = try Posetrail.start(command, in: place.folder)
  try place.interrupt(running, by: SIGTERM, journal: "out/a.posetrack.journal", atLeast: 0)
  #expect(try running.wait().status == 130)
  #expect(!place.has("out/b.posetrack.json"))
  #expect(try Posetrail.run(command + ["--resume"], in: place.folder).status == 0)
  #expect(try place.times("out/a.overlay.mp4").count == 200)
  #expect(try place.times("out/b.overlay.mp4").count == 200)
}

@Test func `drawing that is interrupted leaves a video`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(2000))
  #expect(try place.run("track", "clip.mp4", "-o", ".", "--whole-frame", "--no-overlay").status == 0)
  let running = try Posetrail.start(["render", "clip.mp4", "clip.posetrack.json", "-o", "drawn.mp4"], in: place.folder)
  while running.process.isRunning, try place.contents(".").allSatisfy({ !$0.hasPrefix(".drawn.mp4.partial") }) {
    usleep(1000)
  }
  kill(running.process.processIdentifier, SIGTERM)
  #expect(try running.wait().status == 130)
  if place.has("drawn.mp4") {
    #expect((1..<2000).contains(try place.times("drawn.mp4").count))
  }
}

extension Workplace {
  /// Sends a signal once the journal is so long.
  func interrupt(
    _ running: Posetrail.Running, by number: Int32, journal: String, atLeast bytes: Int
  ) throws {
    let path = url(journal).path
    let size = { (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? -1 }
    while running.process.isRunning, size() < bytes { usleep(500) }
    kill(running.process.processIdentifier, number)
  }

  func expectSameResults(_ first: String, _ second: String, stem: String) throws {
    let names = ["\(stem).overlay.mp4", "\(stem).posetrack.json"]
    #expect(try contents(second) == names)
    for name in names {
      #expect(try Data(contentsOf: url("\(first)/\(name)")) == Data(contentsOf: url("\(second)/\(name)")))
    }
  }
}

@Test func `a hang-up is an interruption unless it is ignored`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(300))
  let command = ["track", "clip.mp4", "-o", "out", "--whole-frame"]
  let running = try Posetrail.start(command, in: place.folder)
  try place.interrupt(running, by: SIGHUP, journal: "out/clip.posetrack.journal", atLeast: 0)
  #expect(try running.wait().status == 130)
  try FileManager.default.removeItem(at: place.url("out"))
  // As nohup(1) does.
  let ignoring = try Posetrail.startShell(
    "trap '' HUP; exec \"$0\" \(command.joined(separator: " "))", in: place.folder)
  try place.interrupt(ignoring, by: SIGHUP, journal: "out/clip.posetrack.journal", atLeast: 0)
  #expect(try ignoring.wait().status == 0)
  #expect(try place.times("out/clip.overlay.mp4").count == 300)
}

/// A hundred gigabytes of nothing behind the last picture.
@Test func `one signal ends the search for pictures in a file without end`() throws {
  let place = try Workplace()
  let clip = try SampleVideo(frames: 5).write(to: place.url("clip.h264"))
  #expect(truncate(clip.path, 100 << 30) == 0)
  let running = try Posetrail.start(["detect", "clip.h264", "-o", "boxes.json"], in: place.folder)
  Thread.sleep(forTimeInterval: 2)
  #expect(running.process.isRunning)
  kill(running.process.processIdentifier, SIGTERM)
  let start = ContinuousClock.now
  #expect(try running.wait().status == 130)
  #expect(ContinuousClock.now - start < .seconds(10))
}

/// The work can't come to its end, as nobody reads its messages.
@Test func `a second signal ends what does not end by itself`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(4))
  let pipe = Pipe()
  _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, F_SETFL, O_NONBLOCK)
  let filling = [UInt8](repeating: 0x2E, count: 4096)
  while write(pipe.fileHandleForWriting.fileDescriptor, filling, filling.count) > 0 {}
  _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, F_SETFL, 0)
  let process = Process()
  process.executableURL = Posetrail.binary
  process.arguments = ["detect", "clip.mp4", "-o", "boxes.json"]
  process.currentDirectoryURL = place.folder
  process.standardInput = FileHandle.nullDevice
  process.standardError = pipe
  try process.run()
  while process.isRunning, !place.has("boxes.json") { usleep(500) }
  kill(process.processIdentifier, SIGINT)
  while process.isRunning {
    usleep(1000)
    kill(process.processIdentifier, SIGTERM)
  }
  // By the first one where the work itself was done already and only the message waits.
  #expect(process.terminationReason == .uncaughtSignal && [SIGINT, SIGTERM].contains(process.terminationStatus))
}
