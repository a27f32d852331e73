private import Files
private import Foundation
private import Interchange
private import TestSupport
import Testing

@Test func `tracked poses become tables`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(3))
  #expect(try place.run("track", "clip.mp4", "-o", ".", "--whole-frame").status == 0)
  for name in ["clip.csv", "clip.coco.json", "clip.txt", "frames"] {
    let outcome = try place.run("convert", "clip.posetrack.json", name)
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(place.has(name))
  }
  let rows = try String(contentsOf: place.url("clip.csv"), encoding: .utf8)
  #expect(rows.hasPrefix("frame,seconds,track_id"))
  let again = try place.run("convert", "clip.posetrack.json", "clip.csv")
  #expect(again.status == 2 && again.messages.contains("--force"))
}

@Test func `relinking keeps the poses`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(5))
  #expect(try place.run("track", "clip.mp4", "-o", ".", "--whole-frame").status == 0)
  let outcome = try place.run("link", "clip.posetrack.json", "-o", "again.posetrack.json")
  #expect(outcome.status == 0, "\(outcome.messages)")
  #expect(try Data(contentsOf: place.url("again.posetrack.json")) == Data(contentsOf: place.url("clip.posetrack.json")))
}

@Test func `smoothing is an option that the result tells`() throws {
  let place = try Workplace()
  let track = ["track", Samples.clip.path, "--no-overlay", "--max-frames", "12"]
  let link = ["link", "crossing.posetrack.json", "-o", "linked.json", "--smooth"]
  for command in [track + ["-o", "."], track + ["-o", "smooth", "--smooth"], link] {
    #expect(try Posetrail.run(command, in: place.folder).status == 0)
  }
  let plain = try Recording(poseTrack: place.url("crossing.posetrack.json"))
  let smooth = try Recording(poseTrack: place.url("smooth/crossing.posetrack.json"))
  #expect(plain.frames[0].people == smooth.frames[0].people)
  #expect(plain.frames[11].people != smooth.frames[11].people)
  #expect(smooth.header.provenance?.settings["identities"]?["smooth"] != nil)
  #expect(plain.header.provenance?.settings["identities"]?["tracking"]?["min-score"] == .number(0.3))
  let linked = try Recording(poseTrack: place.url("linked.json"))
  #expect(linked.header.provenance == smooth.header.provenance)
  #expect(linked.frames[11].people.map(\.trackID) == smooth.frames[11].people.map(\.trackID))
  #expect(linked.frames[11].people != plain.frames[11].people)
}

@Test func `the keypoint set of a COCO file can be named`() throws {
  let place = try Workplace()
  let keypoints = Array(repeating: "5", count: 42).joined(separator: ",")
  try place.write(
    "results.json", "[{\"image_id\": 0, \"category_id\": 1, \"score\": 1, \"keypoints\": [\(keypoints)]}]")
  let refused = try place.run("convert", "results.json", "a.posetrack.json")
  #expect(refused.status == 2 && refused.messages.contains("--keypoint-set"), "\(refused.messages)")
  let outcome = try place.run("convert", "results.json", "a.posetrack.json", "--keypoint-set", "crowdpose14")
  #expect(outcome.status == 0, "\(outcome.messages)")
  #expect(try place.run("convert", "results.json", "b.posetrack.json", "--keypoint-set", "none").status == 2)
}

@Test func `weak keypoints are left out of a conversion`() throws {
  let place = try Workplace()
  let keypoints = (0..<17).map { "\($0),5,0.\($0 < 10 ? 2 : 7)" }.joined(separator: ",")
  try place.write(
    "results.json", "[{\"image_id\": 0, \"category_id\": 1, \"score\": 1, \"keypoints\": [\(keypoints)]}]")
  let outcome = try place.run("convert", "results.json", "a.csv", "--keypoint-threshold", "0.5")
  #expect(outcome.status == 0, "\(outcome.messages)")
  #expect(try String(contentsOf: place.url("a.csv"), encoding: .utf8).split(separator: "\n").count == 1 + 7)
}

@Test func `identities of MOT files are evaluated`() throws {
  let place = try Workplace()
  try place.write("gt.txt", "1,1,0,0,10,10,1\n2,1,0,0,10,10,1\n")
  try place.write("found.txt", "1,4,0,0,10,10,1\n2,5,0,0,10,10,1\n")
  let outcome = try place.run(
    "evaluate", "mot", "--ground-truth", "gt.txt", "--predictions", "found.txt", "--json", "figures.json")
  #expect(outcome.status == 0, "\(outcome.messages)")
  #expect(outcome.output.contains("MOTA"))
  let figures = try JSONSerialization.jsonObject(with: Data(contentsOf: place.url("figures.json"))) as? [String: Any]
  #expect(figures?["IDSW"] as? Double == 1)
}

@Test func `detected boxes go back into tracking`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(3))
  for name in ["boxes.json", "boxes.txt"] {
    let found = try place.run("detect", "clip.mp4", "-o", name, "--box-threshold", "0.001")
    #expect(found.status == 0, "\(found.messages)")
  }
  let outcome = try place.run("track", "clip.mp4", "-o", "out", "--boxes", "boxes.json")
  #expect(outcome.status == 0, "\(outcome.messages)")
}

@Test func `what is done with signals is the same from a video and from its poses`() throws {
  let place = try Workplace()
  let clip = ["track", Samples.clip.path, "-o", ".", "--max-frames", "14"]
  #expect(
    try Posetrail.run(["estimate", Samples.clip.path, "-o", ".", "--max-frames", "14"], in: place.folder).status == 0)
  for method in ["one-euro", "savitzky-golay:window=0.3,order=2", "butterworth:cutoff=4", "kalman", "median", "hampel"]
  {
    let options = ["--smooth", method, "--mend-sides", "--force"]
    let tracked = try Posetrail.run(clip + ["--no-overlay"] + options, in: place.folder)
    #expect(tracked.status == 0 && tracked.messages.contains("left and right"), "\(tracked.messages)")
    let linked = try Posetrail.run(
      ["link", "crossing.poses.json", "-o", "linked.posetrack.json"] + options, in: place.folder)
    #expect(linked.status == 0, "\(linked.messages)")
    let frames = try Recording(place.url("linked.posetrack.json")).frames
    #expect(frames.count == 14)
    #expect(try Recording(place.url("crossing.posetrack.json")).frames == frames, "\(method)")
  }
}

@Test(arguments: [
  ("wiener", "choose one of one-euro"), ("butterworth:cutoff=0", "from 0.05 to 1000 Hz"),
  ("median:size=3", "has no parameter 'size', but window"),
])
func `ways of smoothing that are not there are refused with those that are`(method: String, message: String) throws {
  let place = try Workplace()
  let outcome = try place.run("link", "a.json", "-o", "b.json", "--smooth", method)
  #expect(outcome.status == 2 && outcome.messages.contains(message), "\(outcome.messages)")
}

@Test func `boxes without keypoints are not smoothed, and that is said`() throws {
  let place = try Workplace()
  try place.write("boxes.txt", "1,1,10,10,20,40,1\n2,1,11,10,20,40,1\n")
  let outcome = try place.run("link", "boxes.txt", "-o", "a.txt", "--smooth")
  #expect(outcome.status == 2 && outcome.messages.contains("need keypoints"), "\(outcome.messages)")
  #expect(!place.has("a.txt"))
}
