private import Foundation
import Testing

@Suite struct `Outputs` {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.makeVideo("clip.mp4", times: .steady(4))
    #expect(try place.run("track", "clip.mp4", "-o", "made", "--whole-frame", "--no-overlay").status == 0)
    try place.write("gt.txt", "1,1,0,0,10,10,1\n2,1,0,0,10,10,1\n")
  }

  /// Every command that writes one file, without the name of the file, which comes last.
  private static let commands = [
    ["detect", "clip.mp4", "-o"], ["link", "made/clip.posetrack.json", "-o"],
    ["render", "clip.mp4", "made/clip.posetrack.json", "-o"], ["convert", "made/clip.posetrack.json"],
    ["evaluate", "mot", "--ground-truth", "gt.txt", "--predictions", "gt.txt", "--json"],
  ]

  private func file(of command: [String]) -> String {
    ["render": "result.mp4", "convert": "result.csv"][command[0]] ?? "result.json"
  }

  private func kind(_ name: String) -> mode_t {
    var status = stat()
    return lstat(place.url(name).path, &status) == 0 ? status.st_mode & S_IFMT : 0
  }

  @Test(arguments: commands)
  func `a file is replaced only by force, and nothing else at all`(command: [String]) throws {
    let name = file(of: command)
    #expect(try Posetrail.run(command + [name], in: place.folder).status == 0)
    let made = try Data(contentsOf: place.url(name))
    try place.write(name, "mine")
    let refused = try Posetrail.run(command + [name], in: place.folder)
    #expect(refused.status == 2 && refused.messages.contains("--force"), "\(refused.messages)")
    #expect(try Data(contentsOf: place.url(name)) == Data("mine".utf8))
    #expect(try Posetrail.run(command + [name, "--force"], in: place.folder).status == 0)
    #expect(try Data(contentsOf: place.url(name)) == made)

    let pipe = "pipe" + name
    #expect(mkfifo(place.url(pipe).path, 0o600) == 0)
    try FileManager.default.createDirectory(at: place.url("folder" + name), withIntermediateDirectories: false)
    for other in [pipe, "folder" + name, "/dev/full", "/dev/stdout"] {
      let output = other.hasPrefix("/") && command[0] == "render" ? place.link(other, as: "device.mp4") : other
      let refused = try Posetrail.run(command + [output, "--force"], in: place.folder)
      #expect([1, 2].contains(refused.status), "\(other): \(refused.messages)")
      #expect(refused.messages.contains(output), "\(refused.messages)")
    }
    #expect(kind(pipe) == S_IFIFO && kind("folder" + name) == S_IFDIR)
    #expect(try place.contents(".").allSatisfy { !$0.contains("partial") && !$0.hasSuffix(".lock") })
  }

  @Test func `tracking replaces no pipe`() throws {
    try FileManager.default.createDirectory(at: place.url("out"), withIntermediateDirectories: false)
    for name in ["clip.posetrack.json", "clip.overlay.mp4", "clip.posetrack.journal"] {
      #expect(mkfifo(place.url("out/\(name)").path, 0o600) == 0)
      let outcome = try place.run("track", "clip.mp4", "-o", "out", "--whole-frame", "--force")
      #expect(outcome.status == 2 && outcome.messages.contains("\(name): is a pipe"), "\(outcome.messages)")
      #expect(kind("out/\(name)") == S_IFIFO)
      try FileManager.default.removeItem(at: place.url("out/\(name)"))
    }
  }

  @Test func `a folder of OpenPose files is complete, and replaced only by force`() throws {
    let command = ["convert", "made/clip.posetrack.json", "openpose"]
    #expect(try Posetrail.run(command, in: place.folder).status == 0)
    #expect(try place.contents("openpose").count == 4)
    try place.write("openpose/clip_000000000009_keypoints.json", "old")
    let refused = try Posetrail.run(command, in: place.folder)
    #expect(refused.status == 2 && refused.messages.contains("--force"), "\(refused.messages)")
    #expect(try place.contents("openpose").count == 5)
    #expect(try Posetrail.run(command + ["--force"], in: place.folder).status == 0)
    #expect(try place.contents("openpose").count == 4)
    try place.write("openpose/notes.txt", "mine")
    #expect(try Posetrail.run(command + ["--force"], in: place.folder).status == 2)
    #expect(try place.contents("openpose").count == 5)
  }

  @Test func `a second run into the same place is refused and the first one goes on`() throws {
    try place.makeVideo("long.mp4", times: .steady(400))
    let command = ["track", "long.mp4", "-o", "out", "--whole-frame"]
    let first = try Posetrail.start(command, in: place.folder)
    while first.process.isRunning, !place.has("out/long.posetrack.journal") { usleep(500) }
    // Stopped for a while, so that it is not done too soon.
    kill(first.process.processIdentifier, SIGSTOP)
    for extra in [[], ["--force"], ["--resume"]] {
      let second = try Posetrail.run(command + extra, in: place.folder)
      #expect(second.status == 1, "\(second.messages)")
      #expect(
        second.messages.contains("another run (process \(first.process.processIdentifier) "), "\(second.messages)")
      #expect(!second.messages.contains("--resume"), "\(second.messages)")
    }
    let render = ["render", "clip.mp4", "made/clip.posetrack.json", "-o", "out/long.overlay.mp4", "--force"]
    #expect(try Posetrail.run(render, in: place.folder).status == 1)
    kill(first.process.processIdentifier, SIGCONT)
    #expect(try first.wait().status == 0)
    #expect(try place.contents("out") == ["long.overlay.mp4", "long.posetrack.json"])
    #expect(try place.times("out/long.overlay.mp4").count == 400)
  }

  @Test func `nothing is left of a run that was killed once it is resumed`() throws {
    try place.makeVideo("long.mp4", times: .steady(400))
    // In one pass, which writes results all the while.
    let command = ["track", "long.mp4", "-o", "out", "--whole-frame", "--online"]
    let running = try Posetrail.start(command, in: place.folder)
    while running.process.isRunning,
      try !place.contents(".").contains("out")
        || place.contents("out").allSatisfy({ !$0.contains(".partial-") })
    { usleep(500) }
    kill(running.process.processIdentifier, SIGKILL)
    _ = try running.wait()
    #expect(try place.contents("out").contains { $0.contains(".partial-") })
    #expect(try Posetrail.run(command + ["--resume"], in: place.folder).status == 0)
    #expect(try place.contents("out") == ["long.overlay.mp4", "long.posetrack.json"])
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `a conversion that is interrupted leaves nothing`(number: Int32) throws {
    let keypoints = Array(repeating: "9", count: 51).joined(separator: ",")
    let rows = (0..<20_000).map {
      "{\"image_id\":\($0),\"category_id\":1,\"score\":1,\"keypoints\":[\(keypoints)]}"
    }
    try place.write("results.json", "[\(rows.joined(separator: ","))]")
    let before = try place.contents(".").filter { !$0.hasPrefix(".std") }
    let running = try Posetrail.start(["convert", "results.json", "openpose"], in: place.folder)
    while running.process.isRunning, try place.contents(".").allSatisfy({ !$0.contains(".partial-") }) { usleep(200) }
    kill(running.process.processIdentifier, number)
    #expect(try running.wait().status == 130)
    #expect(try place.contents(".").filter { !$0.hasPrefix(".std") } == before)
  }
}

extension Workplace {
  fileprivate func link(_ target: String, as name: String) -> String {
    try? FileManager.default.removeItem(at: url(name))
    try? FileManager.default.createSymbolicLink(atPath: url(name).path, withDestinationPath: target)
    return name
  }
}
