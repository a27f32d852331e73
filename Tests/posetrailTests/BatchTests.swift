private import Foundation
import Testing

@Suite struct `Batches` {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    for (index, name) in ["cam1/clip", "cam2/clip", "cam2/other"].enumerated() {
      try FileManager.default.createDirectory(
        at: place.url("in/\(name)").deletingLastPathComponent(), withIntermediateDirectories: true)
      try place.makeVideo("in/\(name).mp4", times: .steady(5 + index))
    }
  }

  private func plan(_ arguments: String..., options: [String] = ["--whole-frame"]) throws {
    let command = ["batch", "plan"] + (arguments.isEmpty ? ["in"] : arguments)
    let outcome = try Posetrail.run(
      command + ["-o", "out", "--manifest", "jobs.jsonl", "--force"] + options, in: place.folder)
    #expect(outcome.status == 0, "\(outcome.messages)")
  }

  @discardableResult
  private func run(_ arguments: String..., status: Int32 = 0) throws -> Posetrail.Outcome {
    let outcome = try Posetrail.run(["batch", "run", "jobs.jsonl"] + arguments, in: place.folder)
    #expect(outcome.status == status, "\(outcome.messages)")
    return outcome
  }

  private func summary() throws -> [String: Any] {
    let outcome = try place.run("batch", "status", "jobs.jsonl", "--json")
    return try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  private func events() throws -> [[String: Any]] {
    try place.contents("jobs.jsonl.state/status").flatMap { name in
      try String(contentsOf: place.url("jobs.jsonl.state/status/\(name)"), encoding: .utf8).split(separator: "\n").map {
        try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      }
    }
  }

  @Test func `give the results of track, below the folders of the videos`() throws {
    try plan()
    try run("--jobs", "1")
    #expect(
      try place.contents("out/cam2").sorted() == [
        "clip.overlay.mp4", "clip.posetrack.json", "other.overlay.mp4", "other.posetrack.json",
      ])
    let track = try place.run("track", "in/cam2/clip.mp4", "-o", "alone", "--whole-frame", "--threads", "1")
    #expect(track.status == 0)
    for name in ["clip.posetrack.json", "clip.overlay.mp4"] {
      #expect(try Data(contentsOf: place.url("alone/\(name)")) == Data(contentsOf: place.url("out/cam2/\(name)")))
    }
    let done = try events().filter { $0["event"] as? String == "done" }
    #expect(Set(done.compactMap { $0["frames"] as? Int }) == [5, 6, 7])
    #expect(done.allSatisfy { $0["host"] != nil && ($0["peak_memory"] as? Int ?? 0) > 1 << 20 && $0["seconds"] != nil })
  }

  @Test func `do nothing twice, whoever comes again and whatever the files are called`() throws {
    try plan()
    try run("--jobs", "2")
    try FileManager.default.moveItem(at: place.url("in/cam1/clip.mp4"), to: place.url("in/cam1/renamed.mp4"))
    #expect(try run("--jobs", "1").messages.contains("frames in") == false)
    // Without what was written of it, the results themselves tell.
    try FileManager.default.moveItem(at: place.url("in/cam1/renamed.mp4"), to: place.url("in/cam1/clip.mp4"))
    try FileManager.default.removeItem(at: place.url("jobs.jsonl.state"))
    #expect(try run("--jobs", "1").messages.contains("done already"))
    try FileManager.default.removeItem(at: place.url("out/cam1"))
    try run("--jobs", "1")
    #expect(place.has("out/cam1/clip.posetrack.json"))
  }

  @Test func `share their jobs among parts and workers`() throws {
    try plan()
    let workers = try ["1/3", "2/3", "3/3", "1/1", "1/1"].map {
      try Posetrail.start(["batch", "run", "jobs.jsonl", "--jobs", "1", "--shard", $0], in: place.folder)
    }
    for worker in workers { #expect(try worker.wait().status == 0) }
    #expect(try events().filter { $0["event"] as? String == "started" }.count == 3)
    #expect(try summary()["done"] as? Int == 3)
  }

  @Test func `say what failed, go on with the rest, and try again when they are told to`() throws {
    try place.write("in/cam1/broken.mp4", "no video")
    try plan()
    let outcome = try run("--jobs", "1", status: 2)
    #expect(outcome.messages.ranges(of: "broken.mp4").count == 1, "\(outcome.messages)")
    let summary = try summary()
    #expect(summary["done"] as? Int == 3 && summary["failed_for_good"] as? Int == 1)
    let failures = try #require(summary["failures"] as? [[String: Any]])
    #expect(failures[0]["input"] as? String == "in/cam1/broken.mp4" && failures[0]["code"] as? Int == 2)
    let before = try events().count
    try run("--jobs", "1", status: 2)
    #expect(try events().count == before)
    #expect(try place.run("batch", "retry", "jobs.jsonl", "--failed").status == 0)
    try run("--jobs", "1", status: 2)
    #expect(try events().count == before + 3)
  }

  @Test func `try again what fails for a reason that may pass`() throws {
    try plan()
    try FileManager.default.moveItem(at: place.url("in/cam1"), to: place.url("away"))
    try run("--jobs", "1", "--retry-after", "0", "--attempts", "2", status: 1)
    #expect(try events().filter { $0["event"] as? String == "failed" && $0["lasting"] as? Bool == false }.count == 2)
    try FileManager.default.moveItem(at: place.url("away"), to: place.url("in/cam1"))
    try run("--jobs", "1", "--retry-after", "0", "--attempts", "3")
  }

  @Test func `refuse a video that was changed since it was planned`() throws {
    try plan()
    try FileManager.default.removeItem(at: place.url("in/cam1/clip.mp4"))
    try place.makeVideo("in/cam1/clip.mp4", times: .steady(9))
    #expect(try run("--jobs", "1", status: 2).messages.contains("was changed since it was planned"))
    #expect(!place.has("out/cam1/clip.posetrack.json"))
  }

  @Test(arguments: [SIGTERM, SIGUSR1, SIGKILL])
  func `go on after a signal to the same bytes`(number: Int32) throws {
    try place.makeVideo("in/cam1/long.mp4", times: .steady(400))
    try plan("in/cam1/long.mp4")
    let running = try Posetrail.start(["batch", "run", "jobs.jsonl", "--jobs", "1"], in: place.folder)
    let journal = place.url("out/long.posetrack.journal").path
    while running.process.isRunning,
      ((try? FileManager.default.attributesOfItem(atPath: journal)[.size] as? Int) ?? 0) < 10_000
    { usleep(1000) }
    kill(running.process.processIdentifier, number)
    #expect(try running.wait().status == (number == SIGKILL ? 137 : 130))
    #expect(!place.has("out/long.posetrack.json") && !place.has("out/long.overlay.mp4"))
    try run("--jobs", "1")
    #expect(try place.run("track", "in/cam1/long.mp4", "-o", "whole", "--whole-frame", "--threads", "1").status == 0)
    for name in ["long.posetrack.json", "long.overlay.mp4"] {
      #expect(try Data(contentsOf: place.url("whole/\(name)")) == Data(contentsOf: place.url("out/\(name)")))
    }
    #expect(try place.contents("out") == ["long.overlay.mp4", "long.posetrack.json"])
  }

  @Test func `give a job up whose workers die in it again and again`() throws {
    try plan("in/cam1/clip.mp4")
    let id = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: place.url("jobs.jsonl"))) as? [String: Any])["id"]
    try FileManager.default.createDirectory(at: place.url("jobs.jsonl.state/status"), withIntermediateDirectories: true)
    let lines = (1...3).map {
      "{\"event\":\"started\",\"job\":\"\(id ?? "")\",\"attempt\":\($0),\"time\":\"2026-01-01T00:00:0\($0).000Z\",\"host\":\"a\",\"pid\":1,\"journal\":0}\n"
    }
    try place.write("jobs.jsonl.state/status/a-1.jsonl", lines.joined())
    // As many leases as attempts were written.
    try FileManager.default.createDirectory(
      at: place.url("jobs.jsonl.state/leases/\(id ?? "")"), withIntermediateDirectories: true)
    try place.write("jobs.jsonl.state/leases/\(id ?? "")/3", "")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 0)],
      ofItemAtPath: place.url("jobs.jsonl.state/leases/\(id ?? "")/3").path)
    #expect(try run("--jobs", "1", status: 2).messages.contains("more memory"))
  }

  @Test func `keep the options of track, and those that are files`() throws {
    try plan(options: ["--whole-frame", "--max-frames=3", "--people", "1", "--no-overlay", "--threads", "2"])
    let line = try #require(
      try String(contentsOf: place.url("jobs.jsonl"), encoding: .utf8).split(separator: "\n").first)
    let job = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(
      job["options"] as? [String] == [
        "--whole-frame", "--max-frames=3", "--people", "1", "--no-overlay", "--threads", "2",
      ])
    #expect(job["frames"] as? Int == 3 && job["output"] as? String == "out/cam1/clip")
    try run("--jobs", "2")
    #expect(try place.contents("out/cam1") == ["clip.posetrack.json"])
  }

  @Test func `give a job up at once whose options mean nothing`() throws {
    try plan("in/cam1/clip.mp4")
    var lines = try String(contentsOf: place.url("jobs.jsonl"), encoding: .utf8)
    lines = lines.replacing("\"--whole-frame\"", with: "\"--hole-frame\"").replacing(/"id":"[0-9a-f]*",/, with: "")
    try place.write("jobs.jsonl", lines)
    #expect(try run("--jobs", "1", status: 2).messages.contains("Unknown option '--hole-frame'"))
    #expect(try summary()["failed_for_good"] as? Int == 1)
  }

  @Test func `are merged into a database, and into JSON Lines`() throws {
    try place.write("in/cam1/broken.mp4", "no video")
    try plan()
    #expect(try place.run("batch", "merge", "jobs.jsonl", "-o", "all.sqlite").status == 2)
    try run("--jobs", "1", status: 2)
    let merged = try place.run("batch", "merge", "jobs.jsonl", "-o", "all.sqlite")
    #expect(merged.status == 0 && merged.messages.contains("broken.mp4: not in it"), "\(merged.messages)")
    let head = try Data(contentsOf: place.url("all.sqlite")).prefix(15)
    #expect(String(decoding: head, as: UTF8.self) == "SQLite format 3")
    let lines = try place.run("batch", "merge", "jobs.jsonl", "-o", "-").output.split(separator: "\n")
    let objects = try lines.map { try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
    #expect(objects.count { $0["input"] != nil } == 4 && objects.count { $0["frame"] != nil } == 5 + 6 + 7)
    #expect(objects.allSatisfy { $0["job"] != nil })
  }

  @Test func `share a long video in parts to the bytes of one run`() throws {
    // Shots begin at the border of two parts, just behind one, and between; nowhere else.
    let cuts = [256, 300, 514]
    try place.makeVideo("in/long.mp4", times: .steady(600), cuts: cuts)
    let options = ["--boxes", "boxes.json", "--smooth", "--people", "3"]
    try place.write("boxes.json", Self.boxes(frames: 600))
    try plan("in/long.mp4", "--part-minutes", "0.1", options: options)
    let jobs = try String(contentsOf: place.url("jobs.jsonl"), encoding: .utf8).split(separator: "\n")
    #expect(jobs.count == 4 && jobs.count { $0.contains("\"frame_range\"") } == 3)
    let workers = try ["1/3", "2/3", "3/3"].map {
      try Posetrail.start(["batch", "run", "jobs.jsonl", "--jobs", "1", "--shard", $0], in: place.folder)
    }
    for worker in workers { #expect(try worker.wait().status == 0) }
    try expectBytesOfTrack("in/long.mp4", options)
    let poses = try JSONSerialization.jsonObject(with: Data(contentsOf: place.url("out/long.posetrack.json")))
    let images = try #require((poses as? [String: Any])?["images"] as? [[String: Any]])
    #expect(images.indices.filter { images[$0]["begins_shot"] as? Bool == true } == [0] + cuts)
    #expect(try place.contents("out").filter { $0.contains("part") } == [])
    let before = try events().count
    try run("--jobs", "1")
    #expect(try events().count == before && summary()["frames_done"] as? Int == 600)
    // Without what was written of it, the results themselves tell.
    try FileManager.default.removeItem(at: place.url("jobs.jsonl.state"))
    #expect(try run("--jobs", "1").messages.contains("done already"))
    #expect(try summary()["done"] as? Int == 4 && summary()["waiting"] as? Int == 0)
    let merged = try place.run("batch", "merge", "jobs.jsonl", "-o", "all.sqlite")
    #expect(merged.messages.contains("of 1 video, 0 not in it"))
  }

  @Test(arguments: [["--online"], ["--start", "3", "--stride", "2", "--no-overlay"]])
  func `go on with a part whose worker was killed`(options: [String]) throws {
    try place.makeVideo("in/long.mp4", times: .steady(600), cuts: [270, 301])
    let options = options + ["--whole-frame"]
    try plan("in/long.mp4", "--part-minutes", "0.1", options: options)
    let running = try Posetrail.start(["batch", "run", "jobs.jsonl", "--jobs", "1"], in: place.folder)
    let journal = place.url("out/long.part2.posetrack.journal").path
    while running.process.isRunning,
      ((try? FileManager.default.attributesOfItem(atPath: journal)[.size] as? Int) ?? 0) < 10_000
    { usleep(1000) }
    kill(running.process.processIdentifier, SIGKILL)
    #expect(try running.wait().status == 137)
    #expect(!place.has("out/long.posetrack.json"))
    try run("--jobs", "2")
    try expectBytesOfTrack("in/long.mp4", options)
    #expect(try place.contents("out").filter { $0.contains("part") || $0.contains("journal") } == [])
  }

  /// Compares all results with those of one run.
  private func expectBytesOfTrack(_ video: String, _ options: [String]) throws {
    let whole = try Posetrail.run(
      ["track", video, "-o", "whole", "--threads", "1"] + options, in: place.folder)
    #expect(whole.status == 0, "\(whole.messages)")
    let names = try place.contents("whole")
    let found = try place.contents("out")
    #expect(names.contains("long.posetrack.json") && names == found)
    for name in names {
      #expect(try Data(contentsOf: place.url("whole/\(name)")) == Data(contentsOf: place.url("out/\(name)")), "\(name)")
    }
  }

  @Test func `do a part again that was lost, and one that nobody else does`() throws {
    try place.makeVideo("in/long.mp4", times: .steady(600))
    try plan("in/long.mp4", "--part-minutes", "0.1")
    let jobs = try String(contentsOf: place.url("jobs.jsonl"), encoding: .utf8).split(separator: "\n")
    let parts = jobs.dropLast().joined(separator: "\n") + "\n"
    try place.write("jobs.jsonl", parts)
    try run("--jobs", "1")
    #expect(try place.contents("out") == (1...3).map { "long.part\($0).posetrack.journal" })
    try FileManager.default.removeItem(at: place.url("out/long.part2.posetrack.journal"))
    try place.write("jobs.jsonl", parts + jobs[3] + "\n")
    // The costs make the last job the second part's only one.
    try run("--jobs", "1", "--shard", "4/4")
    #expect(try place.contents("out") == ["long.overlay.mp4", "long.posetrack.json"])
    try expectBytesOfTrack("in/long.mp4", ["--whole-frame"])
  }

  @Test func `give a video up of which a part failed`() throws {
    try place.makeVideo("in/long.mp4", times: .steady(600))
    try plan("in/long.mp4", "--part-minutes", "0.1")
    try FileManager.default.removeItem(at: place.url("in/long.mp4"))
    try place.makeVideo("in/long.mp4", times: .steady(601))
    #expect(try run("--jobs", "1", status: 2).messages.contains("its part out/long.part"))
    #expect(try summary()["failed_for_good"] as? Int == 4)
    #expect(try place.run("batch", "merge", "jobs.jsonl", "-o", "all.sqlite").status == 0)
  }

  @Test(arguments: [["--detect-every", "3"], ["--tracker", "flow"]])
  func `can't cut videos in which people are followed`(options: [String]) throws {
    let outcome = try Posetrail.run(
      ["batch", "plan", "in", "-o", "out", "--manifest", "jobs.jsonl", "--part-minutes", "5"] + options,
      in: place.folder)
    #expect(outcome.status == 2 && outcome.messages.contains("leave out --part-minutes"))
    #expect(outcome.messages.contains(options[0]) && !place.has("jobs.jsonl"))
    // Nor where a manifest was edited.
    try plan("in/cam1/clip.mp4", options: options)
    let job = try String(contentsOf: place.url("jobs.jsonl"), encoding: .utf8)
    let part = job.replacing(/"id":"[0-9a-f]*",/, with: "").replacing(
      "{", with: "{\"frame_range\":[0,null],", maxReplacements: 1)
    try place.write("jobs.jsonl", part)
    #expect(try run("--jobs", "1", status: 2).messages.contains("can't be cut"))
  }

  /// People who come and go, one to three in a frame, as COCO results.
  private static func boxes(frames: Int) -> String {
    let rows = (0..<frames).flatMap { frame in
      (0..<(1 + frame / 7 % 3)).map { person in
        "{\"image_id\": \(frame), \"category_id\": 1, \"score\": 0.9, \"bbox\": [\(2 + person * 9), \(3 + frame % 5), 20, 30]}"
      }
    }
    return "[\(rows.joined(separator: ","))]"
  }
}
