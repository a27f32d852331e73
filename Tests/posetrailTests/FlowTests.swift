private import Foundation
private import Interchange
private import Pose
private import TestSupport
import Testing

/// `--tracker flow`, which goes by the pictures and gives boxes back to the pose network.
@Suite struct `Tracking by optical flow` {
  private let place: Workplace
  private let part = [Samples.clip.path, "--start", "1", "--max-frames", "30"]

  init() throws { place = try Workplace() }

  private func track(_ folder: String, _ options: [String]) throws -> Recording {
    let command = ["track", "-o", folder, "--no-overlay", "--tracker", "flow"] + part + options
    let outcome = try Posetrail.run(command, in: place.folder)
    #expect(outcome.status == 0, "\(outcome.messages)")
    return try Recording(poseTrack: place.url("\(folder)/crossing.posetrack.json"))
  }

  private func ids(_ recording: Recording) -> [[Int?]] { recording.frames.map { $0.people.map(\.trackID) } }

  @Test(arguments: ["lucas-kanade", "motion-vectors"])
  func `the people of the sample keep their ids`(_ flow: String) throws {
    let recording = try track("out", ["--flow", flow])
    #expect(recording.frames.count == 30)
    let people = recording.frames.flatMap(\.people)
    #expect(people.count > 80)
    // Who stands where: the three people of this part stay far from each other.
    for (id, own) in Dictionary(grouping: people, by: \.trackID) where own.count > 3 {
      let places = own.map(\.pose.box.center.x)
      #expect((places.max() ?? 0) - (places.min() ?? 0) < 60, "\(id ?? -1)")
    }
    #expect(Dictionary(grouping: people, by: \.trackID).count { $0.value.count > 20 } == 3)
  }

  @Test func `the settings of the flow are in the provenance, and a resumed run must agree with them`() throws {
    _ = try track("out", ["--max-frames", "4"])
    let text = try String(contentsOf: place.url("out/crossing.posetrack.json"), encoding: .utf8)
    for setting in [#""flow":"lucas-kanade""#, #""keypoint-score":0.4"#, #""frames":8"#, #""box-threshold":0.5"#] {
      #expect(text.filter { !$0.isWhitespace }.contains(setting), "\(setting)")
    }
    let again = ["track", "-o", "out", "--no-overlay", "--resume"] + part + ["--max-frames", "4", "--tracker", "flow"]
    let other = try Posetrail.run(again + ["--flow", "motion-vectors"], in: place.folder)
    #expect(other.status == 2)
    #expect(other.messages.contains("flow.flow (lucas-kanade then, motion-vectors now)"), "\(other.messages)")
    let same = try Posetrail.run(again, in: place.folder)
    #expect(same.status == 0 && same.messages.contains("done already"), "\(same.messages)")
  }

  @Test(arguments: [["--flow", "lucas-kanade"], ["--flow", "motion-vectors", "--people", "3"]])
  func `an interrupted run resumes to the same bytes`(_ options: [String]) throws {
    _ = try track("whole", options)
    let command = ["track", "-o", "parts", "--no-overlay", "--tracker", "flow"] + part + options
    let running = try Posetrail.start(command, in: place.folder)
    let journal = place.url("parts/crossing.posetrack.journal").path
    let size = { (try? FileManager.default.attributesOfItem(atPath: journal)[.size] as? Int) ?? 0 }
    while running.process.isRunning, size() < 20_000 { usleep(1000) }
    running.process.interrupt()
    #expect(try running.wait().status == 130)
    let resumed = try Posetrail.run(command + ["--resume"], in: place.folder)
    #expect(resumed.status == 0, "\(resumed.messages)")
    let name = "crossing.posetrack.json"
    #expect(try Data(contentsOf: place.url("whole/\(name)")) == Data(contentsOf: place.url("parts/\(name)")))
  }

  @Test func `whoever is chosen afterwards has the id of the whole`() throws {
    let everyone = try track("all", ["--max-frames", "12"])
    let chosen = try track("some", ["--max-frames", "12", "--people", "2"])
    let kept = Set(ids(chosen).joined())
    #expect(kept.count == 2)
    #expect(ids(chosen) == ids(everyone).map { $0.filter { kept.contains($0) } })
  }

  @Test func `what does not go with it is said`() throws {
    try place.makeVideo("clip.mp4", times: .steady(4))
    try place.takeSample(frames: 3)
    for (command, message) in [
      (["link", "crossing.posetrack.json", "-o", "again.json", "--tracker", "flow"], "use `posetrail track` with it"),
      (["track", "clip.mp4", "-o", "out", "--tracker", "flow", "--detect-every", "3"], "leave out --detect-every"),
      (["track", "clip.mp4", "-o", "out", "--flow", "motion-vectors"], "--flow goes with --tracker flow"),
      (["track", "clip.mp4", "-o", "out", "--tracker", "flow", "--fill-gaps", "1"], "needs the second pass"),
      (
        ["track", "clip.mp4", "-o", "out", "--tracker", "flow", "--max-gap", "2"],
        "--max-gap is not for --tracker flow"
      ),
      (
        ["link", "crossing.posetrack.json", "-o", "again.json", "--tracker", "greedy-oks", "--min-score", "0.5"],
        "--min-score is not for --tracker greedy-oks"
      ),
      (
        ["link", "crossing.posetrack.json", "-o", "again.json", "--tracker", "greedy-oks", "--no-colors"],
        "--no-colors is not for --tracker greedy-oks"
      ),
    ] {
      let outcome = try Posetrail.run(command, in: place.folder)
      #expect(outcome.status == 2 && outcome.messages.contains(message), "\(outcome.messages)")
    }
    #expect(!place.has("again.json") && !place.has("out"))
  }

  @Test func `people of whole frames and of networks without boxes are followed, too`() throws {
    try place.makeVideo("clip.mp4", times: .steady(12))
    let network = Samples.folder.deletingLastPathComponent().appending(
      path: "Tests/EstimationTests/Fixtures/blots.onnx")
    try place.write(
      "blots.json",
      """
      {"kind": "bottom_up", "input_size": [64, 64], "mean": [128, 128, 128], "std": [70, 70, 70],
       "keypoint_set": "coco17", "codec": {"type": "heatmap_parser"}, "model": "\(network.path)"}
      """)
    for (folder, options) in [("frame", ["--whole-frame"]), ("blots", ["--model", "blots.json"])] {
      let outcome = try Posetrail.run(
        ["track", "clip.mp4", "-o", folder, "--no-overlay", "--tracker", "flow"] + options, in: place.folder)
      #expect(outcome.status == 0, "\(outcome.messages)")
      let people = folder == "frame" ? "12 frames" : "12 frames, 12 poses, 1 person"
      #expect(outcome.messages.contains(people), "\(outcome.messages)")
    }
  }
}
