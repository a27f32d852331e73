internal import Foundation
import Testing

/// The program with a network that looks at whole frames: bright pixels are every joint of one person.
@Suite struct `Bottom-up models` {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    let network = Samples.folder.deletingLastPathComponent().appending(
      path: "Tests/EstimationTests/Fixtures/blots.onnx")
    try place.write(
      "blots.json",
      """
      {"kind": "bottom_up", "input_size": [64, 64], "mean": [128, 128, 128], "std": [127, 127, 127],
       "keypoint_set": "coco17", "codec": {"type": "heatmap_parser"}, "model": "\(network.path)"}
      """)
    try place.makeVideo("clip.mp4", times: .steady(12))
  }

  private func poses(_ file: String) throws -> [[String: Any]] {
    let data = try Data(contentsOf: place.url(file))
    let file = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    return try #require(file["annotations"] as? [[String: Any]])
  }

  @Test func `people are tracked without boxes, and their boxes are around the keypoints`() throws {
    let outcome = try place.run("track", "clip.mp4", "-o", "out", "--model", "blots.json", "--flip-test")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.messages.contains("12 frames, 12 poses, 1 person") && outcome.messages.contains("grouping"))
    #expect(place.has("out/clip.overlay.mp4"))
    for (index, pose) in try poses("out/clip.posetrack.json").enumerated() {
      let keypoints = try #require(pose["pose"] as? [Double])
      let box = try #require(pose["bbox"] as? [Double])
      let middle = Double(index) * 2 + 8
      #expect(keypoints.count == 17 * 3)
      for start in stride(from: 0, to: keypoints.count, by: 3) {
        #expect(abs(keypoints[start] - middle) < 16 && abs(keypoints[start + 1] - 28) < 20)
        #expect(keypoints[start] >= box[0] && keypoints[start] <= box[0] + box[2])
        #expect(keypoints[start + 1] >= box[1] && keypoints[start + 1] <= box[1] + box[3])
      }
    }
  }

  @Test(arguments: [
    ["--boxes", "blots.json"], ["--detector", "person.json"], ["--whole-frame"], ["--detect-every", "3"],
    ["--box-threshold", "0.4"],
  ])
  func `whatever is said of boxes is refused with the reason`(_ options: [String]) throws {
    for command in options == ["--detect-every", "3"] ? ["track"] : ["track", "estimate"] {
      let outcome = try Posetrail.run(
        [command, "clip.mp4", "-o", "out", "--model", "blots.json"] + options, in: place.folder)
      #expect(outcome.status == 2, "\(outcome.messages)")
      #expect(outcome.messages.contains("finds people in whole frames by itself and needs no boxes"))
      #expect(try place.contents("out").isEmpty)
    }
  }

  @Test func `estimating and linking give what tracking gives`() throws {
    #expect(try place.run("track", "clip.mp4", "-o", "out", "--model", "blots.json", "--no-overlay").status == 0)
    let estimated = try place.run("estimate", "clip.mp4", "-o", "out", "--model", "blots.json")
    #expect(estimated.status == 0, "\(estimated.messages)")
    #expect(try place.run("link", "out/clip.poses.json", "-o", "out/linked.posetrack.json").status == 0)
    let (tracked, linked) = (try poses("out/clip.posetrack.json"), try poses("out/linked.posetrack.json"))
    #expect(tracked.count == 12 && linked.count == 12)
    for (first, second) in zip(tracked, linked) {
      #expect(first["keypoints"] as? [Double] == second["keypoints"] as? [Double])
      #expect(first["track_id"] as? Int == second["track_id"] as? Int)
    }
  }

  @Test func `an interrupted run that goes on gives the bytes of one in one go`() throws {
    try place.makeVideo("long.mp4", times: .steady(400))
    let command = ["track", "long.mp4", "--model", "blots.json"]
    #expect(try Posetrail.run(command + ["-o", "whole"], in: place.folder).status == 0)
    let running = try Posetrail.start(command + ["-o", "parts"], in: place.folder)
    try place.interrupt(running, by: SIGINT, journal: "parts/long.posetrack.journal", atLeast: 10_000)
    #expect(try running.wait().status == 130)
    #expect(try Posetrail.run(command + ["-o", "parts", "--resume"], in: place.folder).status == 0)
    try place.expectSameResults("whole", "parts", stem: "long")
  }

  @Test func `a network is shown and timed at the size of its description`() throws {
    let shown = try place.run("network", "info", "blots.json")
    #expect(shown.status == 0 && shown.output.contains("64"), "\(shown.messages)\(shown.output)")
    let timed = try place.run("network", "bench", "blots.json", "--seconds", "0.05")
    #expect(timed.status == 0, "\(timed.messages)")
    let listed = try place.run("models", "info", "higher_hrnet32_coco_512x512_udp")
    #expect(listed.status == 0 && listed.output.contains("heatmap_parser, bottom-up, UDP"), "\(listed.output)")
  }
}
