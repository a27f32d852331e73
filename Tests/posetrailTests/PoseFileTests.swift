private import Evaluation
private import Foundation
private import Interchange
private import Pose
private import TestSupport
import Testing

/// Files of poses and boxes as other tools leave them, through the commands that take them.
@Suite struct `Files of other tools` {
  /// Boxes of two people in six frames, who pass each other.
  private static func mot(confidence: String = "1") -> String {
    (1...6).map { frame in
      "\(frame),-1,\(frame * 6),5,12,40,\(confidence),-1,-1,-1\n\(frame),-1,\(50 - frame * 6),8,12,40,\(confidence),-1,-1,-1\n"
    }.joined()
  }

  private static func results(_ rows: (Int) -> String) -> String {
    "[" + (0..<6).map { "{\(rows($0)), \"category_id\": 1, \"score\": 0.9}" }.joined(separator: ",\n") + "]"
  }

  @Test(arguments: [
    ("bom.json", "\u{FEFF}" + results { "\"image_id\": \($0), \"bbox\": [30, 4, 27, 50]" }),
    ("alphapose.json", results { "\"image_id\": \"\($0).jpg\", \"bbox\": [30, 4, 27, 50]" }),
    (
      "pedestrian.json",
      """
      {"images": [{"id": 0, "file_name": "0.png"}], "categories": [{"id": 0, "name": "Pedestrian"}],
       "annotations": [{"image_id": 0, "category_id": 0, "bbox": [30, 4, 27, 50]}]}
      """
    ),
    ("header.txt", "frame,id,bb_left,bb_top,bb_width,bb_height,conf,x,y,z\n1,1,30,4,27,50,0.9,-1,-1,-1\n"),
    ("empty.txt", ""),
  ])
  func `boxes that can be read are taken`(name: String, text: String) throws {
    let place = try Workplace()
    try place.makeVideo("clip.mp4", times: .steady(6))
    try place.write(name, text)
    let outcome = try place.run("track", "clip.mp4", "-o", "out", "--boxes", name, "--no-overlay")
    #expect(outcome.status == 0, "\(outcome.messages)")
  }

  @Test(arguments: [
    (
      "nan.json", results { "\"image_id\": \($0), \"bbox\": [30, 4, NaN, 50]" }, "NaN where a number belongs",
      "leave the value out"
    ),
    ("norm.json", results { "\"image_id\": \($0), \"bbox\": [0.7, 0.2, 0.1, 0.5]" }, "normalised", "multiply"),
    (
      "onebased.json", results { "\"image_id\": \($0 + 1), \"bbox\": [30, 4, 27, 50]" }, "counts from 1",
      "--box-numbers 1"
    ),
  ])
  func `boxes that cannot be are refused with the reason and the way out`(
    name: String, text: String, reason: String, remedy: String
  ) throws {
    let place = try Workplace()
    try place.makeVideo("clip.mp4", times: .steady(6))
    try place.write(name, text)
    let outcome = try place.run("track", "clip.mp4", "-o", "out", "--boxes", name, "--no-overlay")
    #expect(outcome.status == 2, "\(outcome.messages)")
    for word in [name, reason, remedy] { #expect(outcome.messages.contains(word), "\(outcome.messages)") }
  }

  @Test func `frame numbers from 1 are taken when that is said`() throws {
    let place = try Workplace()
    try place.makeVideo("clip.mp4", times: .steady(6))
    try place.write("boxes.json", Self.results { "\"image_id\": \($0 + 1), \"bbox\": [30, 4, 27, 50]" })
    let outcome = try place.run("estimate", "clip.mp4", "-o", "out", "--boxes", "boxes.json", "--box-numbers", "1")
    #expect(outcome.status == 0, "\(outcome.messages)")
    let frames = try Recording(place.url("out/clip.poses.json")).frames
    #expect(frames.map(\.people.count) == [1, 1, 1, 1, 1, 1])
  }

  @Test(arguments: ["1", "-1"])
  func `boxes without poses are linked by their overlap`(confidence: String) throws {
    let place = try Workplace()
    try place.write("boxes.txt", Self.mot(confidence: confidence))
    let outcome = try place.run("link", "boxes.txt", "-o", "tracks.txt")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.messages.contains("12 of 12 boxes, 2 people"), "\(outcome.messages)")
    let frames = try Recording(place.url("tracks.txt")).frames
    for person in 0..<2 {
      let ids = Set(frames.map { $0.people[person].trackID })
      #expect(ids.count == 1 && ids.first != .some(nil))
    }
    for (name, count) in [("tracks.posetrack.json", 6), ("tracks.coco.json", 6)] {
      #expect(try place.run("link", "boxes.txt", "-o", name).status == 0)
      #expect(
        try Recording(place.url(name)).frames.map { $0.people.map(\.trackID) }
          == frames.map { $0.people.map(\.trackID) })
      #expect(frames.count == count)
    }
  }

  @Test func `what cannot follow boxes is refused, and who is not followed is said`() throws {
    let place = try Workplace()
    try place.write("boxes.txt", Self.mot(confidence: "0.01"))
    let refused = try place.run("link", "boxes.txt", "-o", "tracks.txt", "--link-by", "oks")
    #expect(refused.status == 2 && refused.messages.contains("boxes only"), "\(refused.messages)")
    let outcome = try place.run("link", "boxes.txt", "-o", "tracks.txt")
    #expect(outcome.messages.contains("nobody is followed") && outcome.messages.contains("--min-score"))
  }

  @Test func `the frame rate that is taken is said`() throws {
    let place = try Workplace()
    try place.write("boxes.txt", Self.mot())
    let unsaid = try place.run("link", "boxes.txt", "-o", "a.posetrack.json")
    #expect(unsaid.messages.contains("25 frames a second") && unsaid.messages.contains("--frame-rate"))
    let said = try place.run("link", "boxes.txt", "-o", "b.posetrack.json", "--frame-rate", "50")
    #expect(said.status == 0 && !said.messages.contains("25 frames"), "\(said.messages)")
    for rate in ["nan", "inf", "0", "-5", "1e308"] {
      #expect(try place.run("link", "boxes.txt", "-o", "c.posetrack.json", "--frame-rate", rate).status == 2)
    }
    try place.makeVideo("clip.mp4", times: .steady(3))
    #expect(try place.run("estimate", "clip.mp4", "-o", ".", "--whole-frame").status == 0)
    let timed = try place.run("link", "clip.poses.json", "-o", "d.posetrack.json", "--frame-rate", "50")
    #expect(timed.messages.contains("times of its own"), "\(timed.messages)")
  }

  @Test func `poses of any format are drawn, also those without identities`() throws {
    let place = try Workplace()
    try place.makeVideo("clip.mp4", times: .steady(6))
    let keypoints = (0..<17).map { "\(20 + $0),\(10 + 2 * $0),0.9" }.joined(separator: ",")
    try place.write("results.json", Self.results { "\"image_id\": \($0), \"keypoints\": [\(keypoints)]" })
    let drawn = try place.run("render", "clip.mp4", "results.json", "-o", "drawn.mp4")
    #expect(drawn.status == 0, "\(drawn.messages)")
    try place.write("nobody.json", "[]")
    let plain = try place.run("render", "clip.mp4", "nobody.json", "-o", "plain.mp4", "--from", "coco")
    #expect(plain.status == 2 && plain.messages.contains("none of the frames"), "\(plain.messages)")
    try place.write("boxes.txt", Self.mot())
    #expect(try place.run("render", "clip.mp4", "boxes.txt", "-o", "boxes.mp4").status == 0)
    let sizes = try ["drawn.mp4", "boxes.mp4"].map { try Data(contentsOf: place.url($0)) }
    #expect(sizes[0] != sizes[1])
  }

  @Test(arguments: ["boxes.csv", "boxes.mp4", "boxes"])
  func `detect writes what the name says or refuses`(name: String) throws {
    let place = try Workplace()
    try place.makeVideo("clip.mp4", times: .steady(2))
    let outcome = try place.run("detect", "clip.mp4", "-o", name)
    #expect(outcome.status == 2, "\(outcome.messages)")
    #expect(outcome.messages.contains(name), "\(outcome.messages)")
    #expect(!place.has(name))
  }

  @Test func `what a format has no place for is said`() throws {
    let place = try Workplace()
    try place.makeVideo("clip.mp4", times: .steady(2))
    #expect(try place.run("estimate", "clip.mp4", "-o", ".", "--whole-frame").status == 0)
    let outcome = try place.run("convert", "clip.poses.json", "clip.txt")
    #expect(outcome.status == 0)
    #expect(outcome.messages.contains("mot has no place for keypoints"), "\(outcome.messages)")
  }

  @Test func `every format and protocol stands in the help`() throws {
    let place = try Workplace()
    let convert = try place.run("convert", "--help").output
    for format in RecordingFormat.all { #expect(convert.contains("  \(format.name) "), "\(format.name)") }
    let evaluate = try place.run("evaluate", "--help").output
    for known in EvaluationProtocol.all { #expect(evaluate.contains("  \(known.name) "), "\(known.name)") }
    let wrong = try place.run("evaluate", "nope", "--ground-truth", "a", "--predictions", "b")
    #expect(wrong.status == 2 && EvaluationProtocol.all.allSatisfy { wrong.messages.contains($0.name) })
  }

  @Test func `figures are not replaced unasked`() throws {
    let place = try Workplace()
    try place.write("gt.txt", Self.mot())
    let command = [
      "evaluate", "motmetrics", "--ground-truth", "gt.txt", "--predictions", "gt.txt", "--json", "figures.json",
    ]
    let first = try Posetrail.run(command, in: place.folder)
    #expect(first.status == 0 && first.output.contains("num_false_positives 0\n"), "\(first.output)")
    #expect(try Posetrail.run(command, in: place.folder).status == 2)
    #expect(try Posetrail.run(command + ["--force"], in: place.folder).status == 0)
  }
}
