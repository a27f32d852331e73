private import Foundation
private import Interchange
private import TestSupport
import Testing

/// Formats as commands use them.
@Suite struct `Poses in other formats` {
  /// A folder with a short video and its poses.
  private func place() throws -> Workplace {
    let place = try Workplace()
    try place.makeVideo("clip.mp4", times: .steady(3))
    let outcome = try place.run("track", "clip.mp4", "-o", ".", "--whole-frame", "--no-overlay", "--min-score", "0")
    #expect(outcome.status == 0, "\(outcome.messages)")
    return place
  }

  @Test func `tracking writes them as well, as a conversion does`() throws {
    let place = try Workplace()
    try place.makeVideo("clip.mp4", times: .steady(3))
    let track = [
      "track", "clip.mp4", "-o", "out", "--whole-frame", "--no-overlay", "--format", "csv", "--format", "openpose",
      "--format", "coco-dataset",
    ]
    let outcome = try Posetrail.run(track, in: place.folder)
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.messages.contains("clip.openpose: coco17 has no left_big_toe"), "\(outcome.messages)")
    #expect(
      try place.contents("out") == ["clip.coco-dataset.json", "clip.csv", "clip.openpose", "clip.posetrack.json"])
    #expect(try place.run("convert", "out/clip.posetrack.json", "clip.csv").status == 0)
    #expect(try Data(contentsOf: place.url("out/clip.csv")) == Data(contentsOf: place.url("clip.csv")))
    #expect(try Posetrail.run(track, in: place.folder).status == 2)
    try FileManager.default.removeItem(at: place.url("out/clip.csv"))
    let again = try Posetrail.run(track + ["--resume"], in: place.folder)
    #expect(again.status == 0 && again.messages.contains("done already"), "\(again.messages)")
    #expect(place.has("out/clip.csv"))
  }

  @Test(arguments: [("trc", "convert a result"), ("posetrack", "is written anyway"), ("poseval", "NNNNNN_mpii_")])
  func `formats that tracking can't write are refused before it begins`(format: String, reason: String) throws {
    let place = try Workplace()
    try place.makeVideo("clip.mp4", times: .steady(3))
    let outcome = try place.run("track", "clip.mp4", "-o", "out", "--whole-frame", "--format", format)
    #expect(outcome.status == 2 && outcome.messages.contains(reason), "\(outcome.messages)")
    #expect(try place.contents("out") == [])
  }

  @Test func `pictures go with data sets that name them`() throws {
    let place = try place()
    for name in ["set/a.coco-dataset.json", "labels"] {
      try FileManager.default.createDirectory(at: place.url("set"), withIntermediateDirectories: true)
      let to = name == "labels" ? ["--to", "yolo"] : []
      let outcome = try Posetrail.run(
        ["convert", "clip.posetrack.json", name, "--with-images", "clip.mp4"] + to, in: place.folder)
      #expect(outcome.status == 0 && outcome.messages.contains("3 pictures"), "\(outcome.messages)")
      let folder = name == "labels" ? name : "set"
      #expect(try place.contents("\(folder)/images/clip") == (0..<3).map { "00000\($0).jpg" })
    }
    #expect(try place.contents("labels/labels/clip") == (0..<3).map { "00000\($0).txt" })
    let set = try Recording(place.url("set/a.coco-dataset.json"))
    #expect(set.frames.map(\.name) == (0..<3).map { "images/clip/00000\($0).jpg" })
    let refused = try place.run("convert", "clip.posetrack.json", "a.csv", "--with-images", "clip.mp4")
    #expect(refused.status == 2 && refused.messages.contains("coco-dataset"), "\(refused.messages)")
    let other = try place.run(
      "convert", "clip.posetrack.json", "b.json", "--with-images", "clip.mp4", "--keypoint-threshold", "2")
    #expect(other.status == 2)
  }

  @Test func `a video without all frames is no source of pictures`() throws {
    let place = try place()
    try place.makeVideo("short.mp4", times: .steady(2))
    let outcome = try place.run(
      "convert", "clip.posetrack.json", "a.coco-dataset.json", "--with-images", "short.mp4")
    #expect(outcome.status == 2 && outcome.messages.contains("has 2 of the 3 frames"), "\(outcome.messages)")
  }

  @Test func `labels in fractions are read with the size of the pictures`() throws {
    let place = try place()
    #expect(try place.run("convert", "clip.posetrack.json", "labels", "--to", "yolo").status == 0)
    let refused = try place.run("convert", "labels", "a.csv", "--from", "yolo")
    #expect(refused.status == 2 && refused.messages.contains("--size"), "\(refused.messages)")
    let outcome = try place.run("convert", "labels", "a.posetrack.json", "--size", "96x64")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(try place.run("convert", "labels", "b.csv", "--size", "96").status == 2)
  }

  @Test func `tables are linked, drawn and give boxes`() throws {
    let place = try place()
    #expect(try place.run("convert", "clip.posetrack.json", "clip.wide.csv").status == 0)
    let linked = try place.run("link", "clip.wide.csv", "-o", "again.wide.csv")
    #expect(linked.status == 0, "\(linked.messages)")
    let drawn = try place.run("render", "clip.mp4", "clip.wide.csv", "-o", "drawn.mp4")
    #expect(drawn.status == 0, "\(drawn.messages)")
    let tracked = try place.run("track", "clip.mp4", "-o", "out", "--boxes", "clip.wide.csv", "--no-overlay")
    #expect(tracked.status == 0, "\(tracked.messages)")
    #expect(try place.run("convert", "clip.posetrack.json", "clip.csv").status == 0)
    let none = try place.run("track", "clip.mp4", "-o", "out2", "--boxes", "clip.csv", "--no-overlay")
    #expect(none.status == 2 && none.messages.contains("csv, which has no boxes"), "\(none.messages)")
  }

  @Test func `standard output takes files, not folders`() throws {
    let place = try place()
    let table = try place.run("convert", "clip.posetrack.json", "-", "--to", "sleap")
    #expect(table.status == 0 && table.output.hasPrefix("track,frame_idx,instance.score,nose.x"))
    let folder = try place.run("convert", "clip.posetrack.json", "-", "--to", "openpose")
    #expect(folder.status == 2 && folder.messages.contains("name a folder"), "\(folder.messages)")
  }

  @Test func `one person of several is chosen by track`() throws {
    let place = try Workplace()
    try place.write("a.txt", "1,4,0,0,10,10,1\n1,5,20,0,10,10,1\n")
    #expect(try place.run("convert", "a.txt", "b.txt", "--person", "5").status == 0)
    #expect(try String(contentsOf: place.url("b.txt"), encoding: .utf8).hasPrefix("1,5,20,"))
    let nobody = try place.run("convert", "a.txt", "c.txt", "--person", "6")
    #expect(nobody.status == 2 && nobody.messages.contains("no track 6") && !place.has("c.txt"))
  }
}
